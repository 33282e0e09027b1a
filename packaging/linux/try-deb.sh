#!/bin/sh
# Installs a .deb in a minimal Debian of its own, as root, and tries it there:
#     sudo packaging/linux/try-deb.sh build/out/sda-desktop_*.deb [SUITE [MIRROR]]
# The declared dependencies must be enough to start it, an ordinary user's self-test must pass on the read-only
# install folder, and after the removal no file may be left that was not there before.
set -eu
deb=$(readlink -f "$1")
suite=${2:-bookworm}
mirror=${3:-$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p; s/^deb \(\[[^]]*\] \)\?\([^ ]*\).*/\2/p' \
    /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null | head -n 1)}
proxy=$(eval "$(apt-config shell value Acquire::http::Proxy)"; echo "${value:-}")
root=$(mktemp -d)
chmod 755 "$root"  # an ordinary user must get into it
finish() {
    umount "$root/proc" 2>/dev/null || true
    rm -rf --one-file-system "$root"
}
trap finish EXIT
trap 'exit 1' INT TERM

echo "--- a minimal $suite"
http_proxy=$proxy debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$root.log" 2>&1 ||
    { tail -n 5 "$root.log"; exit 1; }
rm -f "$root.log"
mount -t proc proc "$root/proc"
[ -z "$proxy" ] || echo "Acquire::http::Proxy \"$proxy\";" >"$root/etc/apt/apt.conf.d/proxy"
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
listed() { (cd "$root" && find . -xdev \( -path ./proc -o -path ./tmp -o -path ./var/log -o -path ./var/cache \
    -o -path ./var/lib/apt -o -path ./var/lib/dpkg \) -prune -o -print | LC_ALL=C sort); }
inside useradd --create-home musician

echo "--- install with what it declares, and nothing that is only recommended"
cp "$deb" "$root/tmp/app.deb"
dpkg-deb --field "$deb" Depends
# What it depends on comes first, so that a removal of the app alone can be compared.
inside apt-get update -qq
names=$(inside apt-get install -s --no-install-recommends /tmp/app.deb |
    sed -n 's/^Inst \([^ ]*\).*/\1/p' | grep -vx sda-desktop | tr '\n' ' ')
# shellcheck disable=SC2086
inside apt-get install -qq -y --no-install-recommends $names shared-mime-info desktop-file-utils >/dev/null
listed >"$root/tmp/before"
inside apt-get install -qq -y --no-install-recommends /tmp/app.deb >/dev/null
inside du -sm /usr/lib/sda-desktop
grep -c . "$root/usr/share/mime/packages/sda-desktop.xml" >/dev/null
grep "x-sda-model" "$root/usr/share/mime/globs2" "$root/usr/share/applications/mimeinfo.cache"

echo "--- self-test as an ordinary user"
inside su musician -c 'cd && sda-desktop self-test'
inside su musician -c 'sda-desktop --version'

echo "--- remove"
inside apt-get purge -qq -y sda-desktop >/dev/null
listed >"$root/tmp/after"
left=$(diff "$root/tmp/before" "$root/tmp/after" | grep '^>' | grep -v '^> ./home/musician' || true)
if [ -n "$left" ]; then
    echo "left behind:"
    echo "$left"
    exit 1
fi
echo "nothing left behind; the user's own data: $(ls -A "$root/home/musician/.local/share" 2>/dev/null | tr '\n' ' ')"
echo "The .deb works"

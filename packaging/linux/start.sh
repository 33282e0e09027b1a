#!/bin/sh
# Starts SDA Desktop from the unpacked archive; says which of the system's libraries are missing, if any.
here=$(CDPATH= cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
if command -v ldd >/dev/null 2>&1; then
    qt="$here/sda-desktop/_internal/PySide6/Qt"
    missing=$(LC_ALL=C ldd "$qt/plugins/platforms/libqxcb.so" "$here"/sda-desktop/_internal/libportaudio.so.* 2>/dev/null |
        sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p' | sort -u | tr '\n' ' ')
    if [ -n "$missing" ]; then
        text="SDA Desktop needs libraries that this system lacks: $missing- on Debian and Ubuntu they come with the .deb; otherwise install the packages that hold them."
        echo "$text" >&2
        if [ -n "$DISPLAY$WAYLAND_DISPLAY" ]; then
            zenity --error --text="$text" 2>/dev/null || kdialog --error "$text" 2>/dev/null ||
                xmessage "$text" 2>/dev/null || true
        fi
        exit 1
    fi
fi
exec "$here/sda-desktop/sda-desktop" "$@"

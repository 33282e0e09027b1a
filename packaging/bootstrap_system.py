"""What the system itself must bring (libraries, programs, sounds for tests), and how to get it there."""

from __future__ import annotations

import ctypes
import glob
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """One thing and the package that holds it: on Debian and Ubuntu, on Fedora, on Arch.

    what: a library's soname, a program's name, or patterns of paths, any of which will do ("/a/*:/b/*").
    """

    what: str
    apt: str
    dnf: str
    pacman: str

    def is_met(self) -> bool:
        """Tell whether this machine has it."""
        if "/" in self.what:
            return any(glob.glob(pattern) for pattern in self.what.split(":"))
        if ".so." in self.what:
            try:
                ctypes.CDLL(self.what)
            except OSError:
                return False
            return True
        return shutil.which(self.what) is not None


# Sound output, and what Qt's plugins for X11 and Wayland link against.
RUN_NEEDS = (
    Need("libportaudio.so.2", "libportaudio2", "portaudio", "portaudio"),
    Need("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Need("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Need("libX11.so.6", "libx11-6", "libX11", "libx11"),
    Need("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11"),
    Need("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Need("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Need("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"),
    Need("libxcb-util.so.1", "libxcb-util1", "xcb-util", "xcb-util"),
    Need("libxcb-glx.so.0", "libxcb-glx0", "libxcb", "libxcb"),
    Need("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb"),
    Need("libxcb-render.so.0", "libxcb-render0", "libxcb", "libxcb"),
    Need("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Need("libxcb-shm.so.0", "libxcb-shm0", "libxcb", "libxcb"),
    Need("libxcb-sync.so.1", "libxcb-sync1", "libxcb", "libxcb"),
    Need("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb", "libxcb"),
    Need("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb"),
    Need("libwayland-client.so.0", "libwayland-client0", "libwayland-client", "wayland"),
    Need("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor", "wayland"),
    Need("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl", "wayland"),
    Need("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Need("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Need("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
)

# A screen, a hand, a sound card, a desktop's two buses and real sounds.
TEST_NEEDS = (
    Need("Xvfb", "xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"),
    Need("xdotool", "xdotool", "xdotool", "xdotool"),
    Need("pulseaudio", "pulseaudio", "pulseaudio", "pulseaudio"),
    Need("dbus-daemon", "dbus-daemon", "dbus-daemon", "dbus"),
    Need("/usr/share/dbus-1/services/org.a11y.Bus.service", "at-spi2-core", "at-spi2-core", "at-spi2-core"),
    Need("parec", "pulseaudio-utils", "pulseaudio-utils", "libpulse"),
    Need(
        "/usr/lib*/alsa-lib/libasound_module_pcm_pulse.so:/usr/lib/*/alsa-lib/libasound_module_pcm_pulse.so",
        "libasound2-plugins",
        "alsa-plugins-pulseaudio",
        "alsa-plugins",
    ),
    Need("/usr/share/sonic-pi/samples/*.flac", "sonic-pi-samples", "sonic-pi", "sonic-pi"),
    Need("desktop-file-validate", "desktop-file-utils", "desktop-file-utils", "desktop-file-utils"),
    Need("appstreamcli", "appstream", "appstream", "appstream"),
    Need("update-mime-database", "shared-mime-info", "shared-mime-info", "shared-mime-info"),
)

# Making the packages.
PACKAGE_NEEDS = (
    Need("dpkg-shlibdeps", "dpkg-dev", "dpkg-dev", "dpkg"),
    Need("strip", "binutils", "binutils", "binutils"),
)


def say(text: str) -> None:
    """Tell the user one line; on standard error, because standard output belongs to the app."""
    print(text, file=sys.stderr, flush=True)


def missing(needs: Sequence[Need]) -> list[Need]:
    """Return the needs that this machine does not meet; other systems than Linux bring everything."""
    if not sys.platform.startswith("linux"):
        return []
    return [need for need in needs if not need.is_met()]


def install_command(needs: Sequence[Need]) -> list[str]:
    """Return the command (without sudo) that installs what is missing, or [] on an unknown system."""
    for program, words, field in (
        ("apt-get", ["apt-get", "install", "--yes", "--no-install-recommends"], "apt"),
        ("dnf", ["dnf", "install"], "dnf"),
        ("pacman", ["pacman", "-S", "--needed"], "pacman"),
    ):
        if shutil.which(program):
            return words + sorted({str(getattr(need, field)) for need in needs})
    return []


def _privilege() -> list[str] | None:
    """Return what to put before a command so that it runs as root; None if nothing can be."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    # With a person at the terminal sudo may ask for the password.
    return ["sudo"] if sys.stdin is not None and sys.stdin.isatty() else None


def apt_install(packages: Sequence[str]) -> bool:
    """Install Debian packages as root or by sudo; False if that is not possible or fails."""
    before = _privilege() if shutil.which("apt-get") else None
    if before is None:
        return False
    say(f"Installing from the system's packages: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (
        ["apt-get", "update", "--quiet=2"],
        ["apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(
            [*before, *words],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        # A failing update (offline, one bad source) does not mean that the install fails.
        if done.returncode != 0:
            say(done.stdout.strip())
    return done.returncode == 0


def bring(needs: Sequence[Need]) -> list[str]:
    """Install what is missing where that is possible, else print the command.

    Returns what is still missing afterwards; the set-up goes on either way.
    """
    lacking = missing(needs)
    if not lacking:
        return []
    command = install_command(lacking)
    if command[:1] == ["apt-get"]:
        apt_install(command[4:])
        lacking = missing(needs)
    if lacking:
        say(f"This system lacks: {', '.join(need.what for need in lacking)}.")
        command = install_command(lacking)
        if command:
            say(f"Install it with:  sudo {shlex.join(command)}")
        else:
            say("Install the packages of your system that hold them.")
    return [need.what for need in lacking]

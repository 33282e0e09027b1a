"""What goes into the frozen app and what stays out: read by sda-desktop.spec, free of PyInstaller itself."""

from __future__ import annotations

import re
import sys
from pathlib import Path

PROGRAM = "sda-desktop"
# The same program for terminals.  Windows decides by a mark in the file whether a program has a window or a
# terminal: what the first prints is lost there, and the second would open a terminal beside its window.
CONSOLE_PROGRAM = "sda-desktop-cli" if sys.platform == "win32" else PROGRAM

# Imported by a name in a string, which PyInstaller cannot see.
HIDDEN_IMPORTS = ("torchaudio.functional", "sklearn.manifold", "scipy.spatial")

# Whole packages that the app never imports, but that something it uses mentions.
EXCLUDED_MODULES = [
    "IPython",
    "PIL",
    "_pytest",
    "matplotlib",
    "networkx",
    "numba",
    "pandas",
    "pip",
    "pytest",
    "readline",
    "scipy.io",
    "scipy.signal",
    "setuptools",
    "sqlite3",
    "tensorboard",
    "tkinter",
    "torch.utils.tensorboard",
    "torchvision",
    "triton",
]

# torch's configuration modules read their own source text when they are imported.
_READ_THEIR_SOURCE = (
    "torch._dynamo.config",
    "torch._export.config",
    "torch._functorch.config",
    "torch._inductor.config",
    "torch._inductor.config_comms",
    "torch.compiler.config",
    "torch.distributed.config",
    "torch.fx.experimental._config",
    "torch.utils.serialization.config",
)
# These warn without it, on every start.
_READ_SOME_SOURCE = ("torch.functional", "torch.nn.functional")
COLLECTION_MODE = {"torch": "pyz", **dict.fromkeys((*_READ_THEIR_SOURCE, *_READ_SOME_SOURCE), "pyz+py")}

# Qt's libraries and plugins that are used; the rest of Essentials (QML, Designer, SQL, printing) stays out.
_QT_LIBRARIES = {
    "Core",
    "DBus",
    "Gui",
    "Network",
    "OpenGL",
    "OpenGLWidgets",
    "Svg",
    "Test",
    "WaylandClient",
    "Widgets",
    "WlShellIntegration",
    "XcbQpa",
}
_QT_PLUGIN_FOLDERS = {
    "iconengines",
    "imageformats",
    "platforminputcontexts",
    "platforms",
    "platformthemes",
    "styles",
    "tls",
    "wayland-decoration-client",
    "wayland-graphics-integration-client",
    "wayland-shell-integration",
    "xcbglintegrations",
}
_UNUSED_PLUGINS = re.compile(
    r"q(gtk3|pdf|tiff|wbmp|webp|tga|icns|eglfs|linuxfb|vkkhrdisplay|vnc|minimalegl|tuiotouch|evdev)|"
    r"virtualkeyboard"
)
_TORCH_UNUSED = re.compile(
    r"^torch/(bin/(?!torch_shm_manager)|(include|share|test)/)|^torch/lib/lib\w*_test\.|"
    r"^torch/lib/lib(aoti_custom_ops|backend_with_compiler)\.|\.(lib|a|h|hpp|cuh|cmake|pyi)$"
)
# torchaudio's compiled part is for functions that are not used, and does not load beside a CPU build.
_TORCHAUDIO_UNUSED = re.compile(r"^torchaudio/(lib/|_extension/.*\.so)")
# Of the system's libraries only these come along: sound, what Python is linked with, and the small X11
# libraries that are often missing.  Those of the desktop (X11, GL, fonts, glib, ALSA and its plugins, the C++
# runtime that the graphics driver shares) must be the system's own; the packages declare them.
_BUNDLED_FROM_LINUX = re.compile(
    r"lib(python3|portaudio|jack|db-|ffi|crypto|ssl|bz2|lzma|uuid|expat|"
    r"xcb-(cursor|icccm|image|keysyms|render-util|util)\b)"
)
# Stripped of the names that only debuggers read, which are a fifth of it.
STRIPPED_ON_LINUX = (
    "torch/lib/libtorch_cpu.so",
    "torch/lib/libtorch_python.so",
    f"libpython{sys.version_info[0]}.{sys.version_info[1]}.so.1.0",
)
_TESTS = re.compile(r"(^|/)tests?/")


def keeps(entry: tuple[str, str, str]) -> bool:
    """Whether a file goes into the app: its path inside, where it comes from, and PyInstaller's type code."""
    destination, source, kind = entry
    path = (source if kind == "SYMLINK" else destination).replace("\\", "/")
    # A link inside a macOS framework names its target from there: only its own place says whose it is.
    if kind == "SYMLINK" and not _keeps_qt(destination):
        return False
    if path.startswith("resources/"):
        return not path.startswith("resources/screenshots/")
    if sys.platform == "linux" and re.fullmatch(r"lib[^/]+\.so[^/]*", path):
        return _BUNDLED_FROM_LINUX.match(path) is not None
    if _TORCH_UNUSED.search(path) or _TORCHAUDIO_UNUSED.search(path):
        return False
    package = path.partition("/")[0]
    if package in ("numpy", "scipy", "sklearn", "pyqtgraph") and _TESTS.search(path):
        return False
    if path.startswith(("pyqtgraph/examples/", "sklearn/datasets/", "torch/utils/model_dump/")):
        return False
    return _keeps_qt(path)


def _keeps_qt(path: str) -> bool:
    library = re.search(r"(?:^|/)(?:lib)?Qt6?([A-Z]\w*?)(?:\.framework|\.so|\.dll|\.abi3|\.pyd)", path)
    if library is not None:
        return library.group(1) in _QT_LIBRARIES
    plugin = re.search(r"/plugins/([^/]+)/([^/]+)$", path)
    if plugin is not None and "PySide6" in path:
        return plugin.group(1) in _QT_PLUGIN_FOLDERS and not _UNUSED_PLUGINS.search(plugin.group(2))
    if "/translations/" in path and "PySide6" in path:
        return re.search(r"/qtbase_(de|en)\.qm$", path) is not None
    return "/qml/" not in path


def icon(folder: Path) -> str | None:
    """The program's icon where the system keeps it inside the program; made by app_icons.py."""
    names = {"win32": "sda-desktop.ico", "darwin": "sda-desktop.icns"}
    name = names.get(sys.platform)
    return str(folder / name) if name else None


def version_resource(build: Path, program: str = PROGRAM) -> str | None:
    """Windows shows this under the program's properties; written by package.py."""
    return str(build / f"{program}.version.txt") if sys.platform == "win32" else None


def interpreter_options() -> list[tuple[str, None, str]]:
    """How the frozen Python is started.

    Names of files are UTF-8 whatever the locale says, as sda_desktop/__main__.py has it unfrozen.  On Windows
    they are text, and what is piped has the encoding of the other programs there.
    """
    return [] if sys.platform == "win32" else [("X utf8", None, "OPTION")]

"""What macOS is told about the app: the Info.plist of the bundle (Apple's "Information Property List").

The spec file gives it to PyInstaller's BUNDLE, which adds the names of the program and of the icon.
"""

from __future__ import annotations

from windows.version_info import numeric_version

IDENTIFIER = "org.sda-desktop.SDADesktop"
MODEL_TYPE = "org.sda-desktop.model"
MIME_TYPE = "application/x-sda-model"  # as on Linux
MODEL_ICON = "sda-model.icns"  # lies in Contents/Resources
# By the wheels of torch, numpy and scipy that requirements.txt pins; PySide6's is for 13.
OLDEST_MACOS = "14.0"
WHY_FILES = "SDA Desktop reads the sounds that you choose, and writes the sounds that you export."


def contents(version: str) -> dict[str, object]:
    """The property list of this version, of plain types that plistlib writes.

    There is no key for the microphone: the app records nothing.
    """
    return {
        "CFBundleDisplayName": "SDA Desktop",
        "CFBundleIdentifier": IDENTIFIER,
        "CFBundleName": "SDA Desktop",
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": plain_version(version),
        "CFBundleVersion": plain_version(version),
        "CFBundleDevelopmentRegion": "en",
        "CFBundleDocumentTypes": [
            _document("SDA Desktop model", MODEL_TYPE, "Owner") | {"CFBundleTypeIconFile": MODEL_ICON},
            # Folders and sounds can be dropped on the icon; what opens them by default stays.
            _document("Folder of sounds", "public.folder", "Alternate"),
            _document("Sound", "public.audio", "Alternate"),
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": MODEL_TYPE,
                "UTTypeDescription": "SDA Desktop model",
                "UTTypeConformsTo": ["public.data"],
                "UTTypeIconFile": MODEL_ICON,
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["sda"],
                    "public.mime-type": [MIME_TYPE],
                },
            }
        ],
        "LSApplicationCategoryType": "public.app-category.music",
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "Copyright © The SDA Desktop authors. MIT licence.",
        "NSPrincipalClass": "NSApplication",
        # Its own dark look is wanted where the system is dark.
        "NSRequiresAquaSystemAppearance": False,
        # macOS asks before an app reads these places, and shows this sentence.
        "NSDesktopFolderUsageDescription": WHY_FILES,
        "NSDocumentsFolderUsageDescription": WHY_FILES,
        "NSDownloadsFolderUsageDescription": WHY_FILES,
        "NSNetworkVolumesUsageDescription": WHY_FILES,
        "NSRemovableVolumesUsageDescription": WHY_FILES,
    }


def plain_version(version: str) -> str:
    """The version as macOS demands it: three whole numbers with dots between them, and nothing else.

    A pre-release (1.2.0rc1) has those of the release that it becomes (1.2.0); its whole name is in the window
    and in the name of the disk image.  Raises ValueError.
    """
    return ".".join(map(str, numeric_version(version)[:3]))


def _document(name: str, content_type: str, rank: str) -> dict[str, object]:
    return {
        "CFBundleTypeName": name,
        "CFBundleTypeRole": "Viewer",
        "LSHandlerRank": rank,
        "LSItemContentTypes": [content_type],
    }

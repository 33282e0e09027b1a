"""Model files (.sda) among what is opened, dropped or given on the command line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from sda_desktop.training.run_place import MODEL_FILE_SUFFIX, safe_name


def _tr(text: str) -> str:
    return QCoreApplication.translate("LibraryPanel", text)


def is_model_file(path: Path) -> bool:
    """Whether this is a file that should be opened as a model; what is in it is not looked at."""
    return path.suffix.lower() == MODEL_FILE_SUFFIX and path.is_file()


def model_files(paths: Iterable[Path]) -> list[Path]:
    """Those of `paths` that are model files, each once."""
    return list(dict.fromkeys(path for path in paths if is_model_file(path)))


def dropped_model_files(mime: QMimeData) -> list[Path]:
    """The model files that a drag holds."""
    return model_files(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


def open_dialog(parent: QWidget) -> QFileDialog:
    """Asks for a model file; `fileSelected` tells."""
    dialog = _dialog(parent, _tr("Open a model file"))
    dialog.setObjectName("importModelDialog")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return dialog


def export_dialog(parent: QWidget, name: str) -> QFileDialog:
    """Asks where to write the model `name`, and before it replaces a file; `fileSelected` tells."""
    dialog = _dialog(parent, _tr("Export the model"))
    dialog.setObjectName("exportModelDialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(MODEL_FILE_SUFFIX)
    dialog.selectFile(f"{safe_name(name) or 'model'}{MODEL_FILE_SUFFIX}")
    return dialog


def _dialog(parent: QWidget, title: str) -> QFileDialog:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, title, documents)
    dialog.setNameFilter(_tr("Models (*{0})").format(MODEL_FILE_SUFFIX))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog

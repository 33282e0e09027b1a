"""One window per user and home folder: a second launch hands its arguments to the first window and ends.

The two talk through a local socket.  What arrives is data: a JSON list of arguments, nothing else.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import logging
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from sda_desktop import paths

_log = logging.getLogger(__name__)

CONNECT_MS = 500
ANSWER_MS = 2000
MAX_MESSAGE_BYTES = 1 << 20
_ANSWER = b"ok\n"


def server_name() -> str:
    """The socket's name: the same for the same user and home folder, another for any other."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # no name for this user id, as in some containers
        user = ""
    identity = f"{user}\0{paths.data_dir().absolute()}".encode()
    return f"sda-desktop-{hashlib.sha256(identity).hexdigest()[:20]}"


def hand_over(arguments: Sequence[str]) -> bool:
    """Give the arguments to the window that is already open.

    Paths must be absolute.  False if there is no such window, or it does not answer.
    """
    socket = QLocalSocket()
    socket.connectToServer(server_name())
    if not socket.waitForConnected(CONNECT_MS):
        return False
    socket.write(json.dumps(list(arguments)).encode() + b"\n")
    while socket.bytesToWrite():
        if not socket.waitForBytesWritten(ANSWER_MS):
            return False
    answered = socket.bytesAvailable() > 0 or socket.waitForReadyRead(ANSWER_MS)
    return answered and bytes(socket.readAll().data()) == _ANSWER


class SingleInstance(QObject):
    """The first window's end: `arguments_received` (list of str, may be empty) for every further launch."""

    arguments_received = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_new_connection)

    def listen(self) -> bool:
        """Start to listen.  False, with a line in the log, where that is not possible."""
        name = server_name()
        # hand_over() found nobody there: a socket file of that name is left over from a crash.
        QLocalServer.removeServer(name)
        if self._server.listen(name):
            return True
        _log.warning("A second launch will not find this window: %s", self._server.errorString())
        return False

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    @Slot()
    def _on_new_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._on_ready_read)
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)

    @Slot()
    def _on_ready_read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > MAX_MESSAGE_BYTES:
            socket.abort()
            return
        if not socket.canReadLine():
            return
        message = bytes(socket.readLine().data())
        try:
            arguments = _parse(message)
        except ValueError as error:
            _log.warning("A message from a second launch was not understood: %s", error)
            socket.abort()
            return
        socket.write(_ANSWER)
        socket.flush()
        socket.disconnectFromServer()
        self.arguments_received.emit(arguments)


def _parse(message: bytes) -> list[str]:
    """Raises ValueError unless the message is a JSON list of texts."""
    data = json.loads(message)
    if not isinstance(data, list) or not all(isinstance(entry, str) for entry in data):
        raise ValueError("not a list of arguments")
    return data

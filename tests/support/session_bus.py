"""A session bus of its own, as a desktop has one, and services on it that note what they are asked."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

# What a service answers to a method: signature and values, or None for an error.
Answer = Callable[[str, tuple[Any, ...]], tuple[str, tuple[Any, ...]] | None]


class SessionBus:
    """A dbus-daemon; `.env` for child processes."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()
        self.env = {"DBUS_SESSION_BUS_ADDRESS": self.address}
        self._services: list[Service] = []

    def serve(self, name: str, answer: Answer) -> Service:
        """Put a service on the bus."""
        self._services.append(Service(self.address, name, answer))
        return self._services[-1]

    def stop(self) -> None:
        """End all services and the bus."""
        for service in self._services:
            service.stop()
        self._process.terminate()
        self._process.communicate()


class Service:
    """Notes each call and who made it, and which of the callers have left the bus."""

    def __init__(self, address: str, name: str, answer: Answer) -> None:
        self.calls: list[tuple[str, str, tuple[Any, ...]]] = []  # caller, method, values
        self.gone: set[str] = set()
        self.changed = threading.Condition()
        self._answer = answer
        self._ends = threading.Event()
        self._connection: DBusConnection = open_dbus_connection(bus=address)
        self._connection.send_and_get_reply(message_bus.RequestName(name))
        rule = MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
        self._connection.send_and_get_reply(message_bus.AddMatch(rule))
        self._thread = threading.Thread(target=self._serve, name=f"service {name}")
        self._thread.start()

    def wait_for(self, condition: Callable[[], bool], timeout_s: float = 20.0) -> bool:
        """Wait until something that was noted makes it true."""
        with self.changed:
            return self.changed.wait_for(condition, timeout_s)

    def tell(self, place: tuple[str, str], name: str, signature: str, values: tuple[Any, ...]) -> None:
        """Emit a signal; place: path and interface."""
        path, interface = place
        self._connection.send(new_signal(DBusAddress(path, interface=interface), name, signature, values))

    def stop(self) -> None:
        """Leave the bus."""
        self._ends.set()
        self._thread.join()
        self._connection.close()

    def _serve(self) -> None:
        while not self._ends.is_set():
            try:
                message = self._connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            fields = message.header.fields
            with self.changed:
                if message.header.message_type is MessageType.method_call:
                    method = str(fields[HeaderFields.member])
                    self.calls.append((fields[HeaderFields.sender], method, message.body))
                    said = self._answer(method, message.body)
                    reply = (
                        new_error(message, "test.No") if said is None else new_method_return(message, *said)
                    )
                    self._connection.send(reply)
                elif fields.get(HeaderFields.member) == "NameOwnerChanged" and not message.body[2]:
                    self.gone.add(message.body[0])
                self.changed.notify_all()


def own_bus(env: dict[str, str] | None = None) -> dict[str, str]:
    """The environment with another session bus, or with none."""
    kept = {name: value for name, value in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
    return {**kept, **(env or {})}

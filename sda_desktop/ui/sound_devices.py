"""Sound outputs by name, and every way in which one can be missing, as a sentence.

sounddevice is imported here, on the first call and never before: importing it looks for the PortAudio
library, and PortAudio then asks every driver.  Only one thread may call into this module.

PortAudio crashes the process when it is ended while a stream of it is in use, so it is started anew only
while none is open, and never again after a thread was lost inside a driver.
"""

from __future__ import annotations

import atexit
import logging
import sys
from typing import Any

from sda_desktop.errors import SdaError
from sda_desktop.words import say

_log = logging.getLogger(__name__)

# PortAudio's error codes (portaudio.h, PaErrorCode).
INVALID_SAMPLE_RATE, INVALID_DEVICE, DEVICE_UNAVAILABLE, NO_DEVICE = -9997, -9996, -9985, -1


_open: set[int] = set()  # streams, by id()
_lost = False  # a thread is stuck in a driver, its stream in use for ever


class DeviceError(SdaError):
    """The sound device cannot be used."""


def library() -> Any:  # noqa: ANN401 - sounddevice has no types
    """The sounddevice module.  Raises DeviceError where PortAudio is missing; worth trying again later."""
    try:
        import sounddevice
    except OSError as error:
        raise DeviceError(
            say("Nothing can be played because the PortAudio library is missing."),
            say("Install it (on Debian and Ubuntu: libportaudio2) and press play again."),
            str(error),
        ) from error
    return sounddevice


def look_again() -> None:
    """Let PortAudio find devices that came and went, unless a stream is open."""
    sounddevice = library()
    if _open or _lost:
        return
    # PortAudio lists devices once, when it starts; sounddevice has no public name for starting it anew.
    sounddevice._terminate()
    sounddevice._initialize()


def give_up() -> None:
    """A thread does not come back from a driver: leave PortAudio alone from now on, at the exit as well."""
    global _lost
    _lost = True
    sounddevice = sys.modules.get("sounddevice")
    if sounddevice is not None:
        atexit.unregister(sounddevice._exit_handler)


def version() -> str:
    """PortAudio's name and version; "" as long as nobody asked for it."""
    sounddevice = sys.modules.get("sounddevice")
    return str(sounddevice.get_portaudio_version()[1]) if sounddevice is not None else ""


def names() -> list[str]:
    """The outputs that can be chosen."""
    return list(dict.fromkeys(name for _, name in _outputs()))


def _outputs() -> list[tuple[int, str]]:
    """Index and name of each device with outputs, once each: Windows lists them once per driver model."""
    sounddevice = library()
    wanted = None
    if sys.platform == "win32":
        models = [model["name"] for model in sounddevice.query_hostapis()]
        wanted = models.index("Windows WASAPI") if "Windows WASAPI" in models else None
    return [
        (index, str(device["name"]))
        for index, device in enumerate(sounddevice.query_devices())
        if device["max_output_channels"] > 0 and wanted in (None, device["hostapi"])
    ]


def index_of(name: str | None) -> int | None:
    """The device's number; None for the system's default.  Raises DeviceError if it is not connected."""
    if name is None:
        return None
    for look in (False, True):
        if look:
            look_again()
        for index, found in _outputs():
            if found == name:
                return index
    raise DeviceError(
        say("The sound output “{name}” is not connected.", name=name),
        say("Connect it, or choose another output next to the volume."),
    )


def open_stream(name: str | None, sample_rate_hz: int, depth_s: float) -> Any:  # noqa: ANN401
    """A stream for blocking writes, not started: float32, two channels where the device has two.

    Its rate is the device's own where it refuses sample_rate_hz.  depth_s: how much the queue should hold.
    Raises DeviceError.
    """
    sounddevice = library()
    try:
        index = index_of(name)
        device = sounddevice.query_devices(index, "output")
        rates = dict.fromkeys((sample_rate_hz, round(float(device["default_samplerate"]))))
        for rate in rates:
            try:
                stream = sounddevice.OutputStream(
                    samplerate=rate,
                    device=index,
                    channels=min(2, int(device["max_output_channels"])),
                    dtype="float32",
                    latency=max(depth_s, float(device["default_low_output_latency"])),
                )
                _open.add(id(stream))
                return stream
            except sounddevice.PortAudioError as error:
                if _code(error) != INVALID_SAMPLE_RATE or rate == list(rates)[-1]:
                    raise
    except (sounddevice.PortAudioError, ValueError) as error:
        raise explained(error, name) from error
    raise AssertionError("there is always a rate to try")


def close_stream(stream: Any) -> None:  # noqa: ANN401
    """Close at once; what is still in the queue is not heard."""
    _open.discard(id(stream))
    try:
        stream.close()
    except Exception:
        _log.exception("The sound output cannot be closed")


def explained(error: Exception, name: str | None) -> SdaError:
    """What to tell the user about an error of PortAudio's."""
    if isinstance(error, SdaError):
        return error
    details = f"{type(error).__name__}: {error}"
    shown = f"“{name}”"
    code = _code(error)
    if code == NO_DEVICE or (code == INVALID_DEVICE and name is None):
        return DeviceError(
            say("There is no sound output."), say("Connect one and press play again."), details
        )
    if code == DEVICE_UNAVAILABLE:
        return DeviceError(
            say("The sound output is in use by another program.")
            if not name
            else say("{shown} is in use elsewhere.", shown=shown),
            say("Close the other program, or choose another output next to the volume."),
            details,
        )
    return DeviceError(
        say("The sound output stopped working.")
        if not name
        else say("{shown} stopped working.", shown=shown),
        say("Check that it is connected, or choose another output next to the volume, and press play again."),
        details,
    )


def _code(error: Exception) -> int | None:
    code = error.args[1] if len(error.args) > 1 else None
    if code is None and "Error querying device -1" in str(error):
        return NO_DEVICE
    return code if isinstance(code, int) else None

"""What wheels, touchpads and pinches mean on the map: nearer, further, or to the side."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

KEY_ZOOM = 1.4
_NOTCH = 120  # eighths of a degree that one step of a wheel sends
_NOTCH_ZOOM = 1.25
_NOTCH_PIXELS = 60.0  # that a touchpad without pixels of its own moves for as much

Zoom = tuple[float, float, float]  # factor, and the pixel that stays where it is


def wheel_move(event: QWheelEvent) -> tuple[float, float] | None:
    """How far two fingers on a touchpad, or a wheel to the side, move the map; None if they zoom it."""
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if control or (not _is_touchpad(event) and event.angleDelta().x() == 0):
        return None
    pixels = event.pixelDelta()
    if not pixels.isNull():
        return float(pixels.x()), float(pixels.y())
    angle = event.angleDelta()
    return angle.x() / _NOTCH * _NOTCH_PIXELS, angle.y() / _NOTCH * _NOTCH_PIXELS


def wheel_zoom(event: QWheelEvent) -> float:
    """How much nearer a wheel brings the map."""
    return float(_NOTCH_ZOOM ** (event.angleDelta().y() / _NOTCH))


def _is_touchpad(event: QWheelEvent) -> bool:
    return event.deviceType() == QInputDevice.DeviceType.TouchPad


def native_zoom(event: QNativeGestureEvent) -> Zoom | None:
    """A pinch on a touchpad."""
    if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
        return None
    at = event.position()
    return max(0.1, 1.0 + event.value()), at.x(), at.y()


def gesture_zoom(event: QGestureEvent, widget: QWidget) -> Zoom | None:
    """A pinch on a touch screen."""
    pinch = event.gesture(Qt.GestureType.PinchGesture)
    if not isinstance(pinch, QPinchGesture):
        return None
    at = widget.mapFromGlobal(pinch.centerPoint())
    return max(0.1, pinch.scaleFactor()), at.x(), at.y()

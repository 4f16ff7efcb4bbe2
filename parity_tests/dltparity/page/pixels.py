"""Levels of pixels -> a small picture, as a data URI."""

import base64
import struct
import zlib

import numpy as np

from ..comparison.pictures import NOT_FINITE, TOP

_GAP = 255
_RAMPS = {
    "values": ((24, 32, 58), (62, 94, 151), (143, 171, 197), (233, 226, 205)),
    "difference": ((255, 221, 143), (242, 142, 64), (199, 52, 62), (92, 10, 72)),
}
_SAME, _ODD = (214, 220, 214), (255, 0, 255)


def sheet(levels, shown, rows, cols, ramp):
    """Draw maps side by side.

    Parameters
    ----------
    levels : str
        In base 64, a byte a pixel: map after map, row after row.
    shown, rows, cols : int
        Maps, and their size.
    ramp : {'values', 'difference'}
        The colours.

    Returns
    -------
    dict
        'src', a data URI; 'width' and 'height' in pixels of the screen.
    """
    maps = np.frombuffer(base64.b64decode(levels), np.uint8).reshape(shown, rows, cols)
    across = min(shown, max(1, 144 // (cols + 1)), 12)
    down = -(-shown // across)
    canvas = np.full((down * (rows + 1) - 1, across * (cols + 1) - 1), _GAP, np.uint8)
    for number, each in enumerate(maps):
        top, left = number // across * (rows + 1), number % across * (cols + 1)
        canvas[top : top + rows, left : left + cols] = each
    zoom = max(2, min(8, 288 // canvas.shape[1]))
    height, width = canvas.shape
    return {"src": _uri(canvas, ramp), "width": width * zoom, "height": height * zoom}


def legend(ramp):
    """Draw a ramp's colours from low to high."""
    levels = np.arange(1 if ramp == "difference" else 0, TOP + 1, dtype=np.uint8)[np.newaxis]
    return _uri(levels, ramp)


def _palette(ramp):
    stops = np.array(_RAMPS[ramp], float)
    at = np.linspace(0, len(stops) - 1, TOP + 1)
    colours = np.stack(
        [np.interp(at, range(len(stops)), channel) for channel in stops.T], axis=1
    ).round()
    if ramp == "difference":
        colours[0] = _SAME
    assert len(colours) == NOT_FINITE
    return np.vstack([colours, _ODD, (0, 0, 0)]).astype(np.uint8)


def _uri(canvas, ramp):
    """Encode a PNG with a palette whose last colour is transparent."""
    height, width = canvas.shape
    rows = np.hstack([np.zeros((height, 1), np.uint8), canvas]).tobytes()
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", _palette(ramp).tobytes()),
        (b"tRNS", b"\xff" * _GAP + b"\0"),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"

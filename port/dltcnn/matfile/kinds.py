"""Which format a file is of, from its first bytes."""

import contextlib
import zlib
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from .errors import Damaged, Refused, shortened
from .file5 import File5
from .isolated import File73

_HDF5 = b"\x89HDF\r\n\x1a\n"
_OCTAVES = (
    (b"# Created by Octave", "text"),
    (b"# name: ", "text"),
    (b"Octave-1-", "binary"),
    (_HDF5, "-hdf5"),
)
_START = 1024
_GZIP = b"\x1f\x8b"
_OTHERS = (
    (b"PK\x03\x04", "a zip archive, as numpy's .npz files are"),
    (b"\x93NUMPY", "an array of numpy's (.npy)"),
    (b"\x80", "perhaps a pickle of Python's"),
    (b"\x00\x00\x08\x01", "labels in MNIST's format (IDX)"),
    (b"\x00\x00\x08\x03", "images in MNIST's format (IDX)"),
)


@contextmanager
def opened(path):
    """Open a file of MATLAB's format 5 to 7.3.

    Parameters
    ----------
    path : str or Path
        The file.

    Yields
    ------
    object
        With ``variables()``.

    Raises
    ------
    ValueError
        If it is of another format, with the way to convert it; if it is damaged, here or while
        it is read.
    OSError
        If it cannot be read.
    """
    path = Path(path)
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise ValueError(f"{path} is a pipe or a device, which may have no end: name a .mat file")
    with path.open("rb") as file:
        try:
            size = path.stat().st_size
            yield _reader(path, file, size)
        except Damaged as error:
            raise ValueError(
                f"{path} cannot be read as a .mat file ({error}): it is damaged or only a part of "
                "what was saved; save the net again with save('-v7', file, 'net')"
            ) from None
        except Refused as error:
            raise ValueError(f"{path}: {error}") from None


def _reader(path, file, size):
    start = file.read(_START)
    file.seek(0)
    if start[126:128] in (b"IM", b"MI"):
        version = start[124:126] if start[126:128] == b"MI" else start[125:123:-1]
        if version == b"\x02\x00":
            return _format_73(path, size)
        if version == b"\x01\x00":
            return File5(file, size)
    raise ValueError(_refusal(path, start, size))


def _format_73(path, size):
    if find_spec("h5py") is None:
        raise ValueError(
            f"{path} is of format 7.3: pip install dltcnn[hdf5] to read it, or save the net in "
            "MATLAB with save(file, 'net', '-v7')"
        )
    return File73(path, size)


def _refusal(path, start, size):
    save = "in MATLAB or Octave, save the net with save('-v7', file, 'net')"
    if not size:
        return f"{path} is empty: {save}"
    packed = start.startswith(_GZIP)
    begin = _unpacked(start) if packed else start
    for begins, format_name in _OCTAVES:
        if begin.startswith(begins):
            format_name = "compressed (-zip)" if packed else format_name
            return (
                f"{path} is of a format of Octave's own, {format_name}: convert it in Octave with "
                f"x = load('{path}'); save('-v7', '{path.stem}-v7.mat', '-struct', 'x')"
            )
    for begins, what in _OTHERS:
        if begin.startswith(begins):
            return f"{path} is no .mat file but {what}: {save}"
    if packed:
        return f"{path} is no .mat file but a gzip file: unpack it; or {save}"
    if len(start) >= 20 and 0 in start[:4] and _is_format_4(start):
        return f"{path} is of format 4, which holds no structs and so no net: {save}"
    with contextlib.suppress(UnicodeDecodeError):
        text = start[:40].decode("ascii")
        return f"{path} is no .mat file but begins with {shortened(repr(text))}: {save}"
    return f"{path} cannot be read as a .mat file (it has no header of one): {save}"


def _unpacked(start):
    """Return the first bytes of what was packed; the packed ones where they are damaged."""
    with contextlib.suppress(zlib.error):
        return zlib.decompressobj(wbits=31).decompress(start, _START) or start
    return start


def _is_format_4(start):
    """Say whether these could be format 4's five whole numbers of a matrix."""
    for order in ("little", "big"):
        kind, rows, cols, imaginary, name = (
            int.from_bytes(start[at : at + 4], order) for at in range(0, 20, 4)
        )
        if kind <= 4052 and imaginary in (0, 1) and 0 < name < 256 and rows * cols < 1 << 40:
            return True
    return False

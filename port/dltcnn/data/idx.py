"""MNIST's own file format, IDX: unsigned bytes with a header that says how many."""

import gzip
import math
import struct
import zlib

import numpy as np

_BYTES = 0x800  # the magic number of unsigned bytes, less the number of dimensions


def read_idx(path, ndim):
    """Read an IDX file of unsigned bytes.

    Parameters
    ----------
    path : pathlib.Path
        The file; unpacked on the way where it is a gzip file, whatever its name.
    ndim : int
        How many dimensions it must have.

    Returns
    -------
    numpy.ndarray
        Of uint8.

    Raises
    ------
    ValueError
        If it is no such file, or is damaged.
    OSError
        If it cannot be opened.
    """
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        try:
            with gzip.open(file) if packed else file as content:
                magic, *dims = struct.unpack(f">{1 + ndim}i", content.read(4 * (1 + ndim)))
                count = math.prod(dims) if min(dims) >= 0 else -1
                # No more is unpacked than the header asks for: the rest may be anything.
                data = content.read(count + 1) if magic == _BYTES + ndim and count >= 0 else b""
        except (OSError, EOFError, struct.error, zlib.error, OverflowError, MemoryError) as error:
            raise ValueError(
                f"{path} cannot be read as an IDX file ({error or 'too large'}): fetch it again"
            ) from None
    if magic != _BYTES + ndim:
        raise ValueError(
            f"{path} is not an IDX file of unsigned bytes with {ndim} dimensions: its magic number "
            f"is {magic:#x}, expected {_BYTES + ndim:#x}"
        )
    if len(data) != count:
        has = "more" if len(data) > count else len(data)
        raise ValueError(
            f"{path} is not an IDX file of unsigned bytes with {ndim} dimensions: its header says "
            f"{' x '.join(map(str, dims))} bytes, and it has {has}: fetch it again"
        )
    return np.frombuffer(data, np.uint8).reshape(dims)

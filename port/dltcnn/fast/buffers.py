"""Memory and settings that let numpy go through the engine's buffers at full speed."""

from functools import wraps

import numpy as np

_LINE = 64  # bytes: a cache line, and the widest vector register
_SHORT = 128  # numbers


def empty(shape, dtype):
    """Allocate an array that starts at a cache line; uninitialised."""
    size = int(np.prod(shape)) * np.dtype(dtype).itemsize
    memory = np.empty(size + _LINE, np.uint8)
    start = -memory.ctypes.data % _LINE
    return memory[start : start + size].view(dtype).reshape(shape)


def zeros(shape, dtype):
    """Allocate an array as `empty` does, of zeros."""
    array = empty(shape, dtype)
    array[...] = 0
    return array


def direct_arithmetic(function):
    """Let numpy work on arrays where they are, and silently, within a function and its thread.

    Where one operand is repeated along short rows, numpy copies all of them piece by piece into
    buffers first, which takes longer than the operation itself. It does not where its buffer is
    shorter than a row.
    """

    @wraps(function)
    def called(*args):
        with np.errstate(all="ignore"):  # like Octave: exp may overflow where a sigmoid is 0
            np.setbufsize(_SHORT)  # errstate puts it back
            return function(*args)

    return called

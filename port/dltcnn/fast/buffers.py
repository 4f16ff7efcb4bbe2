"""Memory and settings that let numpy go through the engine's buffers at full speed."""

import math
from functools import wraps

import numpy as np

_LINE = 64  # bytes: a cache line, and the widest vector register
_LARGE_PAGE = 2 << 20  # bytes
_LARGE = 4 << 20  # bytes: from here on numpy asks for large pages
_SHORT = 128  # numbers


def empty(shape, dtype):
    """Allocate an array that starts at a cache line, a large one at a page; uninitialised."""
    size = math.prod(shape) * np.dtype(dtype).itemsize
    unit = _LINE if size < _LARGE else _LARGE_PAGE
    memory = np.empty(size + unit, np.uint8)
    start = -memory.ctypes.data % unit
    return memory[start : start + size].view(dtype).reshape(shape)


def zeros(shape, dtype):
    """Allocate an array as `empty` does, of zeros."""
    array = empty(shape, dtype)
    array[...] = 0
    return array


def cut(memory, shapes):
    """Cut arrays of those shapes out of one that is long enough."""
    arrays, first = [], 0
    for shape in shapes:
        size = math.prod(shape)
        arrays.append(memory[first : first + size].reshape(shape))
        first += whole_lines(size, memory.dtype)
    return arrays


def whole_lines(size, dtype):
    """Return how many numbers fill the cache lines that so many numbers begin."""
    line = _LINE // np.dtype(dtype).itemsize
    return -(-size // line) * line


def length(shapes):
    """Return how long an array must be for `cut`, whatever its class."""
    return sum(math.prod(shape) + _LINE for shape in shapes)


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

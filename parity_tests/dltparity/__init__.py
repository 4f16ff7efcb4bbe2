"""The parity harness: the toolbox in Octave against its port in Python.

``dltparity.compare(a, b)`` compares two nets, traces or arrays.
"""

from types import ModuleType

from . import compare

__all__ = ["compare"]


class _Compare(ModuleType):
    """The package `compare`, which can be called: what users call has the same name."""

    def __call__(self, a, b):
        """Compare two nets, traces or arrays; see `dltparity.comparing.compare`."""
        from .comparing import compare

        return compare(a, b)


compare.__class__ = _Compare

"""The parity harness: the toolbox in Octave against its port in Python.

``dltparity.compare(a, b)`` compares two nets, traces or arrays.
"""

__all__ = ["compare"]


def __getattr__(name):
    if name == "compare":  # imported when it is asked for: pytest loads the plug-in at every start
        from .comparing import compare

        return compare
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

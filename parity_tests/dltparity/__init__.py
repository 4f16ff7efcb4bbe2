"""The parity harness: the toolbox in Octave against its port in Python."""

from . import compare

__all__ = ["compare"]

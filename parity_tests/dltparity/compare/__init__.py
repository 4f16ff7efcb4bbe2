"""Two traces, compared value by value, and by how much they may differ.

Called, it compares two nets, traces or arrays: ``dltparity.compare(a, b)``.
"""

import sys
from types import ModuleType


class _Callable(ModuleType):
    """This package, which can be called: its name is also that of what users call."""

    def __call__(self, a, b):
        """Compare two nets, traces or arrays; see `dltparity.comparing.compare`."""
        from ..comparing import compare

        return compare(a, b)


sys.modules[__name__].__class__ = _Callable

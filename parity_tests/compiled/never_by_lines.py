"""A context in which the compiled engine does everything itself, or fails."""

from contextlib import ExitStack, contextmanager
from functools import partial
from unittest.mock import patch

from dltcnn import compiled, functions
from dltcnn.compiled import Training


class Never(Exception):  # noqa: N818
    """Nothing raises it, so that nothing catches what is raised."""


@contextmanager
def never_by_lines():
    """Make every fall back on the line-by-line functions an error while the context lasts."""

    def refuse(*_, **__):
        raise AssertionError("the compiled engine left this to the line-by-line functions")

    with ExitStack() as stack:
        stack.enter_context(patch.object(compiled, "LeftToLines", Never))
        stack.enter_context(patch.object(Training, "step_by_lines", refuse))
        for name in [p + f for p in ("cnn", "acnn") for f in ("ff", "bp", "train", "test")]:
            only = partial(getattr(functions, name), engine="compiled")
            stack.enter_context(patch.object(functions, name, only))
        yield

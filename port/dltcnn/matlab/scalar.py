"""A number where MATLAB has a cell array."""

from .errors import MatlabError


class Scalar(float):
    """A number where the toolbox has a cell array, as in ``layer.b = 0.5``.

    It is a number to all but who takes it for cells: indexing it is the error that it is in Octave.
    """

    def __getitem__(self, *_):
        raise MatlabError("scalar cannot be indexed with {")

    __setitem__ = __getitem__

    def __len__(self):
        return 1  # Octave's numel

    def __bool__(self):
        return True

"""What is wrong with a file, and how much memory its content may take."""

# A file's bytes never become more than 1,032 times as many by decompression.
_MOST_INFLATED = 1032
_SPARE = 40_000_000  # bytes
_PER_VALUE = 320  # what Python keeps beside the numbers of an array, a cell or a struct
DEEPEST = 100  # structs and cells in each other


class Refused(ValueError):  # noqa: N818
    """A file, or a value in it, is not read: which, why, and what to do."""


class Damaged(Refused):
    """The bytes are not those of a .mat file."""


class Budget:
    """Memory that is left for what a file of so many bytes holds.

    Parameters
    ----------
    compressed : int
        The size of the file.
    """

    def __init__(self, compressed):
        self._file = compressed
        self._left = _SPARE + _MOST_INFLATED * compressed

    def spend(self, count, path, values=1):
        """Take `count` bytes and what so many values need beside them, or refuse.

        Parameters
        ----------
        count, values : int
            Bytes of numbers or text; arrays, cells or structs.
        path : str
            What they are for.

        Raises
        ------
        ValueError
            If a file of this size cannot hold that much.
        """
        self._left -= count + values * _PER_VALUE
        if self._left < 0:
            raise Refused(
                f"{path} would take more memory than a file of {self._file:,} bytes can fill: the "
                "file is damaged, or saved so densely that it must be saved with -v6 instead"
            )


def check_depth(path, depth):
    """Refuse structs and cells so deep in each other that Python cannot follow."""
    if depth > DEEPEST:
        raise Refused(
            f"{shortened(path)} lies deeper than {DEEPEST} structs and cells in each other: "
            "save the net alone, or without this field"
        )


def shortened(path):
    """Return a path with its middle left out where it is long."""
    return path if len(path) <= 80 else f"{path[:40]} ... {path[-35:]}"

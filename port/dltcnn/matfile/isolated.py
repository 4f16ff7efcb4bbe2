"""Format 7.3 is read in a process of its own, which is ended where it does not come to an end."""

import contextlib
import os
import pickle
import subprocess
import sys
import tempfile

from .errors import Damaged, Refused

_CHILD = "from dltcnn.matfile.isolated import child; child()"
_PATIENCE = 20  # seconds of the processor, which a busy machine does not use up; and
_SECONDS_PER_MB = 2
_BUSY = 20  # how many times as long that may take


class File73:
    """The variables of a file of format 7.3.

    Parameters
    ----------
    path : Path
        The file.
    size : int
        Its bytes.
    """

    def __init__(self, path, size):
        self._path = path
        self._size = size

    def variables(self):
        """Go through (name, what it is, function that reads it) of each variable."""
        for name, what, value in self._read():
            yield name, what, None if value is None else lambda value=value: value

    def _read(self):
        with tempfile.TemporaryFile() as answer:
            seconds = _seconds(self._size)
            try:
                done = subprocess.run(
                    [sys.executable, "-c", _CHILD, os.fspath(self._path), str(self._size)],
                    env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                    stdout=answer,
                    stderr=subprocess.DEVNULL,
                    timeout=_BUSY * seconds,
                )
            except subprocess.TimeoutExpired:
                raise Damaged(f"HDF5 came to no end within {_BUSY * seconds} s") from None
            if done.returncode:
                raise Damaged(f"HDF5 failed or came to no end (exit status {done.returncode})")
            answer.seek(0)
            found = pickle.load(answer)
        if isinstance(found, Exception):
            raise found
        return found


def _seconds(size):
    return round(_PATIENCE + _SECONDS_PER_MB * size / 1e6)


def child():
    """Read the file that the arguments name, and write what is in it, or the refusal."""
    from .hdf5 import read

    size = int(sys.argv[2])
    with contextlib.suppress(ImportError):  # not on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (_seconds(size), _seconds(size)))
    try:
        found = read(sys.argv[1], size)
    except Refused as error:
        found = error
    with open(sys.stdout.fileno(), "wb", closefd=False) as answer:
        pickle.dump(found, answer, protocol=5)

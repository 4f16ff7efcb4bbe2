"""Results on disk: one JSON line each, appended as they come."""

import json
import os
from contextlib import suppress
from pathlib import Path

from ..errors import RequestError
from ..files import check_ends, refusal
from ..seal import opened, sealed

SCHEMA = 1


class Log:
    """An open file of results, to be used in a ``with`` block.

    A line counts once it is complete and on the disk: a run that is killed loses nothing that
    it has written, and what it was writing is dropped when the file is opened again.

    Parameters
    ----------
    path : Path
        The file; made where it is missing.
    header : dict
        What all results depend on; JSON types.
    key : str
        What of a result is its number.

    Attributes
    ----------
    results : dict of int to dict
        Number -> result, those of earlier runs included.

    Raises
    ------
    RequestError
        On entering, if the file is of another run, in use, or cannot be written.
    NotMeasuredError
        If the disk is full.
    """

    def __init__(self, path, header, key="net"):
        self.path = Path(path)
        self.header = {"schema": SCHEMA, **header}
        self.results = {}
        self._key = key
        self._last = ""  # the seal of the last line

    def __enter__(self):
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            check_ends(self.path)
            self._file = self.path.open("a+b")
        except OSError as error:
            raise refusal(
                error,
                f"{self.path} cannot be written ({error.strerror}): name another folder with --out",
            ) from None
        try:
            self._lock()
            self._resume()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        with suppress(OSError):  # of a full disk, which `_write` has reported
            self._file.close()

    def add(self, result):
        """Append a result; it is on the disk when this returns."""
        self._write(result)
        self.results[result[self._key]] = result

    def _lock(self):
        import fcntl  # Windows has none; the commands that need no sweep are to run there

        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise RequestError(
                f"{self.path} is in use: another run is writing to it; wait for it, or name "
                "another folder with --out"
            ) from None

    def _resume(self):
        self._file.seek(0)
        content = self._file.read()
        complete = content[: content.rfind(b"\n") + 1]
        if len(complete) < len(content):
            self._file.truncate(len(complete))
        lines = complete.splitlines()
        if not lines:
            self._write(self.header)
            return
        try:
            header, *results = self._opened(lines)
            self.results = {result[self._key]: result for result in results}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise RequestError(
                f"{self.path} holds a line that is no result ({error}): name another folder "
                "with --out"
            ) from None
        if header != self.header:
            other = _differing(header, self.header)
            raise RequestError(
                f"{self.path} is of another run ({', '.join(other)} differ): name another "
                "folder with --out, or remove it"
            )

    def _opened(self, lines):
        """Yield what is on the lines, each of which has been written behind the one before it."""
        for line in lines:
            entry = json.loads(line)
            yield opened(entry, self._last)
            self._last = entry["seal"]

    def _write(self, entry):
        entry = sealed(entry, self._last)
        self._last = entry["seal"]
        try:
            self._file.write(json.dumps(entry, allow_nan=False).encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise refusal(
                error,
                f"{self.path} cannot be written ({error.strerror}): what is in it stays; with "
                "more room the same command goes on",
            ) from None


def _differing(one, other):
    """Name what differs in two headers; of what they depend on, each part."""
    names = []
    for name in {**one, **other}:
        mine, theirs = one.get(name), other.get(name)
        if isinstance(mine, dict) and isinstance(theirs, dict):
            names += _differing(mine, theirs)
        elif mine != theirs:
            names.append(name)
    return names

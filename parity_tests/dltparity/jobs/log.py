"""Results on disk: one JSON line each, appended as they come."""

import json
import os
from contextlib import suppress
from pathlib import Path

from ..errors import RequestError

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
    """

    def __init__(self, path, header, key="net"):
        self.path = Path(path)
        self.header = {"schema": SCHEMA, **header}
        self.results = {}
        self._key = key

    def __enter__(self):
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("a+b")
        except OSError as error:
            raise RequestError(
                f"{self.path} cannot be written ({error.strerror}): name another folder with --out"
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
        self.results[result[self._key]] = result
        self._write(result)

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
            header, *results = [json.loads(line) for line in lines]
            self.results = {result[self._key]: result for result in results}
        except (ValueError, KeyError, TypeError) as error:
            raise RequestError(
                f"{self.path} holds a line that is no result ({error}): name another folder "
                "with --out"
            ) from None
        if header != self.header:
            other = [k for k in {**header, **self.header} if header.get(k) != self.header.get(k)]
            raise RequestError(
                f"{self.path} is of another run ({', '.join(other)} differ): name another "
                "folder with --out, or remove it"
            )

    def _write(self, entry):
        try:
            self._file.write(json.dumps(entry, allow_nan=False).encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise RequestError(
                f"{self.path} cannot be written ({error.strerror}): what is in it stays; with "
                "more room the same command goes on"
            ) from None

"""Folders of a session's own, in memory where there is a place for files there.

Each is locked as long as its process lives: what a process leaves behind that was killed is known
by its open lock, and the next one removes it.
"""

import os
import shutil
import tempfile
import time
from pathlib import Path

_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
_PREFIX = "dltparity-octave-"
_YOUNG = 60  # seconds in which a folder may be there and not be locked yet
_locks: dict[Path, int] = {}


def make() -> Path:
    """Make a folder, after removing those of processes that were killed.

    Returns
    -------
    pathlib.Path
        The folder, empty; `remove` is to be called with it.
    """
    import fcntl  # Windows has none, and no Octave session

    _remove_abandoned()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_MEMORY))
    _locks[folder] = os.open(folder, os.O_RDONLY)
    fcntl.flock(_locks[folder], fcntl.LOCK_EX)
    return folder


def remove(folder: Path) -> None:
    """Remove a folder that `make` made, read-only files in it too."""
    for inner, _, _ in os.walk(folder):
        os.chmod(inner, 0o700)  # noqa: PTH101
    shutil.rmtree(folder, ignore_errors=True)
    if folder in _locks:
        os.close(_locks.pop(folder))


def _remove_abandoned() -> None:
    import fcntl

    for folder in Path(_MEMORY or tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            about = folder.stat()
            if about.st_uid != os.getuid() or time.time() - about.st_mtime < _YOUNG:
                continue
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:  # another user's, or removed meanwhile
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            remove(folder)
        except OSError:
            pass  # its process lives
        finally:
            os.close(lock)

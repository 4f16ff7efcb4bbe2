"""A file is written whole or not at all."""

import contextlib
import os
import stat
import tempfile
from pathlib import Path


def write(path, pieces):
    """Write a file; an earlier one is replaced once the new one is complete.

    Parameters
    ----------
    path : str or Path
        The file; a link is followed.
    pieces : iterable of bytes
        What it holds.

    Raises
    ------
    OSError
        If it cannot be written; then the earlier file is as it was.
    """
    part = None
    try:
        target = Path(os.path.realpath(path))
        _check_plain(target)
        descriptor, part = tempfile.mkstemp(".part", f".{target.name[:200]}.", target.parent)
        with open(descriptor, "wb") as file:  # noqa: PTH123
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        Path(part).chmod(_mode(target))
        Path(part).replace(target)
    except OSError as error:
        raise type(error)(
            f"{path} cannot be written ({error.strerror or error}): name a file in a folder that "
            "is there and can be written to"
        ) from None
    finally:
        with contextlib.suppress(OSError):
            if part:
                Path(part).unlink()


def _check_plain(target):
    """Refuse to replace a folder or a device."""
    with contextlib.suppress(FileNotFoundError):
        mode = target.stat().st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError("Is a directory")
        if not stat.S_ISREG(mode):
            raise OSError("It is no plain file")


def _mode(target):
    """Return the permissions of the earlier file, or those that a new one gets."""
    with contextlib.suppress(OSError):
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask

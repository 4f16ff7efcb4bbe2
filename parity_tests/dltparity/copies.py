"""Copies of .m files that nobody else has: what runs is what was read and hashed."""

import atexit
import functools
from pathlib import Path

from . import scratch


def private_copy(name, contents):
    """Write files into a folder of this process's own, read-only.

    Parameters
    ----------
    name : str
        Of the folder.
    contents : dict of str to bytes
        File name -> what was read.

    Returns
    -------
    Path
        The folder; the same one for the same contents, and gone when the process ends.
    """
    return _written(name, tuple(contents.items()))


@functools.cache
def _written(name, items):
    own = scratch.make()
    atexit.register(scratch.remove, own)
    folder = Path(own, name)
    folder.mkdir()
    for file, content in items:
        path = folder / file
        path.write_bytes(content)
        path.chmod(0o400)
    folder.chmod(0o500)
    return folder

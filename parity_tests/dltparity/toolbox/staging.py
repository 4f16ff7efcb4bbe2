"""Folders that Octave finds a copy's functions in: flat, under names of our own making."""

import tempfile
from contextlib import contextmanager
from pathlib import Path

from . import source
from .copy import functions


class Staged:
    """A copy as Octave gets it.

    Attributes
    ----------
    folder : Path
        The copy's functions, and the original's where the copy has none.
    copy : Copy
        The copy.
    original : Path
        The original's folder.
    """

    def __init__(self, root, copy, original):
        self.copy, self.original = copy, original
        self._root = root
        self.folder = root / "copy"
        (self.folder / "private").mkdir(parents=True)
        for name, path in copy.files.items():
            private = path.parent.name == "private"
            target = self.folder / "private" if private else self.folder
            (target / f"{name}.m").write_bytes(path.read_bytes())
        for name in copy.lacking:
            self.put_original(self.folder, name)

    def put_original(self, folder, name):
        """Put the original's function into a folder."""
        (folder / f"{name}.m").write_bytes(self.original_path(name).read_bytes())

    def original_path(self, name):
        """Return the original's file of a function."""
        return self.original / functions()[name]

    def originals(self, names):
        """Return a folder that holds these functions of the original, to be put in front."""
        folder = self._root / "-".join(["original", *sorted(names)])[:100]
        folder.mkdir(exist_ok=True)
        for name in names:
            self.put_original(folder, name)
        return folder

    def mixed(self, number, hunks):
        """Return a folder of the copy's functions with the original's lines in some places.

        Parameters
        ----------
        number : int
            Which mixture this is: each has a folder of its own.
        hunks : iterable of source.Hunk
            The places.
        """
        folder = self._root / f"mixed-{number}"
        folder.mkdir()
        for file in {hunk.file for hunk in hunks}:
            name = file.removesuffix(".m")
            chosen = [hunk for hunk in hunks if hunk.file == file]
            theirs = source.read(self.original_path(name))
            source.write(folder / file, source.put_back(self.copy.text(name), theirs, chosen))
        return folder

    def watched(self, file, text):
        """Return a folder that holds a watched form of one of the copy's files."""
        folder = self._root / "watched"
        folder.mkdir(exist_ok=True)
        source.write(folder / file, text)
        return folder


@contextmanager
def staged(copy, original):
    """Lay a copy out for Octave for the length of a block.

    Parameters
    ----------
    copy : Copy
        The copy.
    original : Path
        The original's folder.

    Yields
    ------
    Staged
        Its folders.
    """
    with tempfile.TemporaryDirectory(prefix="dltparity-toolbox-") as root:
        yield Staged(Path(root), copy, original)

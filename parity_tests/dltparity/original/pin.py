"""What is pinned of the original: matlab_ref/upstream.toml, read."""

import functools
import tomllib
from dataclasses import dataclass

from ..paths import matlab_ref


@dataclass(frozen=True)
class Omitted:
    """An executable line without a counterpart in the port.

    Attributes
    ----------
    line : int
        Its number.
    reason : str
        Why it has none.
    """

    line: int
    reason: str


@dataclass(frozen=True)
class File:
    """A file of the original.

    Attributes
    ----------
    path : str
        Where it lies in the repository, such as ``CNN/cnnff.m``.
    sha256 : str
        Of its bytes, in hexadecimal.
    lines : tuple of int
        Its executable lines.
    omitted : tuple of Omitted
        Those of them that the port leaves out.
    not_ported : str
        Why the port leaves out the whole file; empty where it does not.
    """

    path: str
    sha256: str
    lines: tuple[int, ...]
    omitted: tuple[Omitted, ...] = ()
    not_ported: str = ""

    @property
    def name(self) -> str:
        """Its name, such as ``cnnff.m``."""
        return self.path.rpartition("/")[2]

    @property
    def ported_lines(self) -> tuple[int, ...]:
        """The executable lines that the port has counterparts of."""
        left_out = self.lines if self.not_ported else [omitted.line for omitted in self.omitted]
        return tuple(line for line in self.lines if line not in left_out)


@dataclass(frozen=True)
class Upstream:
    """The original, pinned.

    Attributes
    ----------
    repository : str
        Its public address.
    commit : str
        The commit, 40 hexadecimal digits.
    files : tuple of File
        The files that are used.
    """

    repository: str
    commit: str
    files: tuple[File, ...]


@functools.cache
def pinned() -> Upstream:
    """Return what matlab_ref/upstream.toml pins.

    Returns
    -------
    Upstream
        Repository, commit and files.
    """
    table = tomllib.loads((matlab_ref() / "upstream.toml").read_text(encoding="utf-8"))
    files = []
    for entry in table["file"]:
        omitted = tuple(Omitted(**line) for line in entry.pop("omitted", ()))
        files.append(File(lines=tuple(entry.pop("lines")), omitted=omitted, **entry))
    return Upstream(table["repository"], table["commit"], tuple(files))

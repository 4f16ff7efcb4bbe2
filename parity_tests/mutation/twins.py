"""``python -m mutation.twins``: design errors, planted into both sides alike, before the oracles.

Octave runs the faulty .m files and the ledger compares them with the faulty port: the bits are the
same, and so the oracles alone can tell.
"""

import shutil
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

from dltparity import port_state
from dltparity.exit_codes import BROKEN, KEPT
from dltparity.paths import matlab_ref

from . import oracles, processes


@dataclass(frozen=True)
class Twin:
    """A fault in a function and its .m twin.

    Attributes
    ----------
    name : str
        What is wrong.
    function : str
        Where.
    m, python : tuple of str
        The text without and with the fault.
    """

    name: str
    function: str
    m: tuple
    python: tuple

    @property
    def file(self):
        """The module of the port."""
        return port_state.module_of(self.function)

    @property
    def path(self):
        """The module's file."""
        return port_state.path_of(self.file)

    def source(self):
        """Return the module's text with the fault."""
        return _planted(self.path, *self.python)

    def write(self, folder):
        """Write the .m files with the fault into a folder."""
        shutil.copytree(matlab_ref() / "acnn", folder, dirs_exist_ok=True)
        path = folder / f"{self.function}.m"
        path.write_text(_planted(path, *self.m), encoding="utf-8")


def _planted(path, right, wrong):
    source = path.read_text(encoding="utf-8")
    if source.count(right) != 1:
        raise ValueError(f"{path.name} has {right!r} {source.count(right)} times, expected once")
    return source.replace(right, wrong)


def twins():
    """Read the list."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return [
        Twin(each["name"], each["function"], tuple(each["m"]), tuple(each["python"]))
        for each in tomllib.loads(text)["twin"]
    ]


def main():
    """Try all, and name those that no oracle finds."""
    known, missed, chosen = oracles.known(), [], twins()
    for twin in chosen:
        with tempfile.TemporaryDirectory() as folder:
            twin.write(Path(folder))
            given = known, Path(folder)
            ((_, survived),) = processes.judge([(twin, oracles.try_ledger, given)], 1)
        print(f"{'MISSED' if survived else 'found '} {twin.name}", flush=True)
        missed += [twin.name] * survived
    print(f"{len(chosen) - len(missed)} of {len(chosen)} found by the ledger")
    return BROKEN if missed else KEPT


if __name__ == "__main__":
    sys.exit(main())

"""An edited copy's files: where they are in a folder, and what they need of it."""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import RequestError
from ..original.pin import pinned
from . import source

_MEX = re.compile(r"\.(mex\w*|c|cc|cpp|cu|dll)$", re.IGNORECASE)
_GPU = {"gpuArray", "gpuDevice", "existsOnGPU", "gather"}
_MOST_FILES = 20_000


@dataclass(frozen=True)
class Copy:
    """The files of an edited copy that its network needs.

    Attributes
    ----------
    folder : Path
        What was named.
    files : dict of str to Path
        Name of a function to its file in the copy.
    lacking : tuple of str
        The toolbox's functions that it has no file of: the original's stand in.
    cannot_run : tuple of str
        What Octave cannot run, one sentence each.
    notes : tuple of str
        What else a reader should know of the choice of files.
    """

    folder: Path
    files: dict
    lacking: tuple
    cannot_run: tuple
    notes: tuple = field(default=())

    def text(self, name):
        """Return the text of a function's file."""
        return source.read(self.files[name])


def functions():
    """Return the toolbox's functions: name to path in the original."""
    return {
        file.name.removesuffix(".m"): file.path
        for file in pinned().files
        if file.path.startswith(("CNN/", "util/"))
    }


def find(folder):
    """Find the network's functions in a folder.

    Parameters
    ----------
    folder : Path
        A copy of the toolbox, or its folder of cnn*.m files.

    Returns
    -------
    Copy
        The files.

    Raises
    ------
    RequestError
        If it is no folder, has no function of the toolbox's network or two sets of them, or a
        file cannot be read.
    """
    if not folder.is_dir():
        raise RequestError(f"{str(folder)!r} is no folder: name the folder of the edited toolbox")
    try:
        return _find(folder, *_index(folder))
    except OSError as error:
        raise RequestError(
            f"{str(error.filename)!r} cannot be read ({error.strerror}): make it readable"
        ) from None


def _index(folder):
    """List the folder's .m files and MEX files by the name that Octave calls them by."""
    texts, mex = {}, {}
    for number, path in enumerate(sorted(folder.rglob("*"))):
        if number > _MOST_FILES:
            raise RequestError(
                f"{str(folder)!r} holds more than {_MOST_FILES:,} files: name the toolbox's folder"
            )
        if not path.stem.isidentifier() or any(part.startswith(".") for part in path.parts[-3:]):
            continue
        if path.suffix == ".m" and path.is_file():
            texts.setdefault(path.stem, []).append(path)
        elif _MEX.search(path.name):
            mex.setdefault(path.stem, []).append(path)
    return texts, mex


def _find(folder, texts, mex):
    known = functions()
    core = [name for name in known if name.startswith("cnn") and name in texts]
    if not core:
        raise RequestError(
            f"{str(folder)!r} holds none of {', '.join(n for n in known if n.startswith('cnn'))}: "
            "name the folder that holds CNN and util"
        )
    home = _home(folder, core, texts)
    files, notes, missing, gpu = {}, [], [], []
    wanted = [(name, home, None) for name in known]
    while wanted:
        name, beside, caller = wanted.pop(0)
        if name in files:
            continue
        path = _nearest(texts.get(name, []), beside)
        if path is None:
            if caller and name in mex:
                missing.append(
                    f"{mex[name][0].name}, called at {caller}, is a MEX file or its source"
                )
            continue
        if name in known and name.startswith("cnn") and path.parent != home:
            continue
        if len(texts[name]) > 1:
            notes.append(f"of {len(texts[name])} files {name}.m, {_short(path, folder)} is used")
        if not source.is_function(source.read(path)):
            if name in known:
                notes.append(f"{_short(path, folder)} holds no function and is left out")
            continue
        files[name] = path
        for used, line in source.names(source.read(path)).items():
            if used in _GPU and used not in texts:
                gpu.append(f"{path.name}:{line} calls {used}: GPU arrays are MATLAB's alone")
            if used != name:
                wanted.append((used, path.parent, f"{path.name}:{line}"))
    lacking = tuple(name for name in known if name not in files)
    return Copy(folder, files, lacking, tuple(dict.fromkeys(missing + gpu)), tuple(notes))


def _home(folder, core, texts):
    """Choose the folder of the cnn*.m files."""
    homes = {path.parent for name in core for path in texts[name]}
    count = {home: sum(home / f"{name}.m" in texts[name] for name in core) for home in homes}
    for preferred in (folder, folder / "CNN"):
        if count.get(preferred, 0) > 1:
            return preferred
    most = [home for home in homes if count[home] == max(count.values())]
    if len(most) > 1:
        listed = ", ".join(sorted(repr(_short(home, folder)) for home in most))
        raise RequestError(f"{str(folder)!r} holds several networks ({listed}): name one of them")
    return most[0]


def _nearest(paths, beside):
    """Choose the file that shares most folders with the caller; its private functions first."""

    def distance(path):
        if path.parent == beside / "private":
            return (-1, path)
        if path.parent.name == "private":
            return (10_000, path)
        common = sum(a == b for a, b in zip(path.parent.parts, beside.parts, strict=False))
        return (len(path.parent.parts) + len(beside.parts) - 2 * common, path)

    found = min(paths, key=distance, default=None)
    return None if found is None or distance(found)[0] == 10_000 else found


def _short(path, folder):
    return str(path.relative_to(folder)) if path != folder else "."


def sha256(path):
    """Hash a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()

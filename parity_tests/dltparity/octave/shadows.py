"""Which files Octave itself takes for the names in some .m files."""

import re
from collections import defaultdict
from pathlib import Path

from . import encoding
from .errors import NoOctave

_NAME = re.compile(r"\b[A-Za-z]\w*")
_STRING_OR_COMMENT = re.compile(r"'(?:[^'\n]|'')*'|[%#].*")
_COMMAND_LINE = 103  # what `exist` says of a function that was typed in
_FUNCTIONS = {".m", ".oct", ".mex"}
_CLASSES = ["double", "single", "logical", "char", "cell", "struct", "function_handle"] + [
    f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)
]


def resolved(session, names):
    """Ask where functions are.

    Parameters
    ----------
    session : Octave
        The session.
    names : iterable of str
        Their names.

    Returns
    -------
    dict of str to str
        Name -> the file, of those that are in one.
    """
    return {name: file for name, (_, file) in _found(session, names).items() if file}


def check_unshadowed(session, folders):
    """Refuse a session in which a function stands in for one of these files', or of Octave's own.

    Parameters
    ----------
    session : Octave
        The session.
    folders : list of Path
        Those of the .m files, on its path.

    Raises
    ------
    NoOctave
        If a name in the files, of one, or of a function of Octave's own leads elsewhere; or if a
        folder on the path has functions for a class of Octave's own.
    """
    own = {path.stem: path for folder in folders for path in Path(folder).glob("*.m")}
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in own.values())
    used = {name for text in texts for name in _NAME.findall(_STRING_OR_COMMENT.sub("", text))}
    core = session.info()["core"]
    for name, (kind, file) in _found(session, {*own, *used, *_doubted(session, core)}).items():
        if name in own:
            wrong = file != str(own[name])
        else:
            wrong = kind == _COMMAND_LINE or (file and not Path(file).is_relative_to(core))
        if wrong:
            raise NoOctave(
                f"Octave takes {file or 'a function typed in at its start'} for {name}, expected "
                f"{own.get(name, 'its own function')}: remove it from Octave's start and path"
            )


def _doubted(session, core):
    """Name Octave's own functions that others may stand in for: those, too, that none of the files
    calls, but a function of Octave's own on its way.
    """
    names = {path.stem for path in Path(core).rglob("*.m")}
    known = defaultdict(set)
    reply = session._call("dlt_known", encoding.text("\n".join(sorted(names))))
    for line in encoding.untext(reply).splitlines():
        kind, _, name = line.partition("\t")
        known[kind].add(name)
    beside = set()
    for folder in known["path"] - {"."}:
        if Path(folder).is_dir() and not Path(folder).is_relative_to(core):
            _refuse_classes(Path(folder))
            beside |= {each.stem for each in Path(folder).iterdir() if each.suffix in _FUNCTIONS}
    return known["typed in"] | (beside & (names | known["built-in"]))


def _refuse_classes(folder):
    """Refuse functions for numbers and texts: they come before Octave's, and `which` is silent."""
    for each in (Path(folder, f"@{name}") for name in _CLASSES):
        if each.is_dir():
            raise NoOctave(
                f"Octave takes functions in {each} where it has its own, expected these: remove it "
                "from Octave's start and path"
            )


def _found(session, names):
    """Ask for each name: what `exist` says of it, and its file."""
    ordered = sorted(names)
    lines = encoding.untext(session._call("dlt_which", encoding.text("\n".join(ordered))))
    answers = (line.split("\t") for line in lines.splitlines())
    return {
        # Of built-in functions Octave names a file of its own source, in no folder.
        name: (int(kind), file if Path(file).is_absolute() else "")
        for name, (kind, file) in zip(ordered, answers, strict=True)
    }

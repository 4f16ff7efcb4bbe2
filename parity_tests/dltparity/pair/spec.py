"""The file that says which functions are held against each other, and on what."""

import hashlib
import os
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import scipy.io

from ..errors import RequestError
from ..files import check_ends
from .values import as_value

PROMISES = ("bit", "noise")
CLASSES = {
    **{"double": "float64", "single": "float32", "logical": "bool", "char": "char"},
    **{name: name for name in ("int8", "int16", "int32", "int64")},
    **{name: name for name in ("uint8", "uint16", "uint32", "uint64")},
}
_FUNCTION = re.compile(r"[A-Za-z]\w*", re.ASCII)
_CALLABLE = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.]*", re.ASCII)
_RANGE = re.compile(r"(\d+)(?:\.\.(\d+))?")
_SIZE_LIMIT = 10_000
_PAIR = {"name", "matlab", "python", "outputs", "promise", "inputs", "seed", "seconds", "input"}
_INPUT = {"class", "size", "like", "range", "whole", "special", "values", "file", "variable"}
SPECIAL = {"nan": np.nan, "inf": np.inf, "-inf": -np.inf, "-0": -0.0, "denormal": 5e-324}


@dataclass(frozen=True)
class Input:
    """One argument.

    Attributes
    ----------
    kind : str
        Its class; empty where its values are given.
    size : tuple of (int or str)
        For each dimension a range (least, most), or the letter of one that several arguments share.
    like : int or None
        The number of the argument whose size it has.
    range : tuple of float
        The least and the largest value.
    whole : bool
        Whether its values are whole numbers.
    special : tuple of float
        Values that one in ten of its elements has.
    values : tuple
        One of these is taken; empty where it is drawn.
    file : bool
        Whether they came from a file, of which any part is an input too.
    """

    kind: str = ""
    size: tuple = ((1, 5), (1, 5))
    like: int | None = None
    range: tuple = (-10.0, 10.0)
    whole: bool = False
    special: tuple = ()
    values: tuple = ()
    file: bool = False


@dataclass(frozen=True)
class Pair:
    """Two functions, and what they are called on.

    Attributes
    ----------
    name : str
        What it is called in the report.
    matlab, python : str
        The .m function, and the Python callable as ``module:function``.
    outputs : int
        How many outputs are asked for.
    promise : str
        'bit' or 'noise'.
    inputs : int
        How many argument lists.
    seed : int
        Of the draws.
    seconds : float
        After which a call is ended.
    arguments : tuple of Input
        The arguments.
    """

    name: str
    matlab: str
    python: str
    outputs: int = 1
    promise: str = "bit"
    inputs: int = 100
    seed: int = 0
    seconds: float = 20.0
    arguments: tuple = ()


@dataclass(frozen=True)
class Spec:
    """What a file says.

    Attributes
    ----------
    path : Path
        The file.
    matlab, python : tuple of Path
        Folders for Octave's path and for Python's.
    pairs : tuple of Pair
        The pairs.
    files : dict of str to str
        Every file that was read, and the files of the folders: path to sha256.
    """

    path: Path
    matlab: tuple
    python: tuple
    pairs: tuple
    files: dict = field(default_factory=dict)


def read(path):
    """Read a file of pairs.

    Parameters
    ----------
    path : Path
        A TOML file.

    Returns
    -------
    Spec
        What it says.

    Raises
    ------
    RequestError
        If it cannot be read, or says something that it cannot say; the message names the place.
    """
    try:
        check_ends(path)
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RequestError(f"{str(path)!r} cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RequestError(f"{str(path)!r} is no TOML file ({error})") from None
    _known(table, {"matlab", "python", "pair"}, str(path))
    folders = {kind: _folders(path, table.get(kind, []), kind) for kind in ("matlab", "python")}
    entries = table.get("pair", [])
    if not isinstance(entries, list) or not entries:
        raise RequestError(f"{str(path)!r} has no [[pair]]: give one for each two functions")
    files = {str(path): _sha256(path)}
    pairs = tuple(_pair(entry, path, files) for entry in entries)
    names = [pair.name for pair in pairs]
    if len({*names}) < len(names):
        raise RequestError(f"{str(path)!r} has two pairs of one name: give each its own")
    for pair in pairs:
        _hash_sources(pair, folders, files)
    return Spec(path, *folders.values(), pairs, files)


def _sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _hash_sources(pair, folders, files):
    """Keep the hashes of the functions' own files, where they are in the named folders."""
    module = pair.python.partition(":")[0].replace(".", "/")
    wanted = [folder / f"{pair.matlab}.m" for folder in folders["matlab"]]
    wanted += [folder / f"{module}.py" for folder in folders["python"]]
    files.update({str(each): _sha256(each) for each in wanted if each.is_file()})


def _known(table, known, where):
    if not isinstance(table, dict):
        raise RequestError(f"{where}: expected a table, got {table!r}")
    for name in table:
        if name not in known:
            raise RequestError(
                f"{where}: {name!r} is unknown; known are {', '.join(sorted(known))}"
            )


def _folders(path, entries, kind):
    if not isinstance(entries, list) or not all(isinstance(each, str) for each in entries):
        raise RequestError(f"{str(path)!r}: {kind} is a list of folders, such as ['mfiles']")
    folders = tuple(Path(path.parent, entry).resolve() for entry in entries)
    for folder in (each for each in folders if not each.is_dir()):
        raise RequestError(f"{str(path)!r}: {str(folder)!r} is no folder")
    for folder in (each for each in folders if {"\n", os.pathsep} & set(str(each))):
        raise RequestError(f"{str(folder)!r} cannot be on Octave's path: rename it")
    return folders


def _pair(entry, path, files):
    _known(entry, _PAIR, f"{str(path)!r}, a [[pair]]")
    where = f"{str(path)!r}, pair {entry.get('name', entry.get('matlab', '?'))!r}"
    matlab, python = entry.get("matlab"), entry.get("python")
    if not isinstance(matlab, str) or not _FUNCTION.fullmatch(matlab):
        raise RequestError(f"{where}: matlab = {matlab!r} is no name of a function")
    if not isinstance(python, str) or not _CALLABLE.fullmatch(python):
        raise RequestError(f"{where}: python = {python!r}: expected 'module:function'")
    if entry.get("promise", "bit") not in PROMISES:
        raise RequestError(f"{where}: promise = {entry['promise']!r}: expected 'bit' or 'noise'")
    for name in ("outputs", "inputs", "seed"):
        value = entry.get(name, 1)
        if type(value) is not int or value < (name != "seed"):
            raise RequestError(f"{where}: {name} = {value!r}: expected a whole number")
    seconds = entry.get("seconds", 20.0)
    if type(seconds) not in (int, float) or not seconds > 0:
        raise RequestError(f"{where}: seconds = {seconds!r}: expected a number above 0")
    given = {name: entry[name] for name in _PAIR & entry.keys() if name not in ("input", "name")}
    tables = entry.get("input", [])
    arguments = tuple(_input(each, where, n, path, files) for n, each in enumerate(tables, 1))
    for number, each in enumerate(arguments, 1):
        if each.like is not None and not 1 <= each.like < number:
            raise RequestError(
                f"{where}, input {number}: like = {each.like}: an earlier one's number"
            )
    return Pair(entry.get("name", matlab), arguments=arguments, **given)


def _input(entry, where, number, path, files):
    where = f"{where}, input {number}"
    _known(entry, _INPUT, where)
    if "file" in entry:
        return Input(values=(_loaded(entry, where, path, files),), file=True)
    if "values" in entry:
        values = entry["values"]
        if not isinstance(values, list) or not values:
            raise RequestError(f"{where}: values is a list of which one is taken each time")
        return Input(values=tuple(map(_literal, values)))
    kind = entry.get("class", "double")
    if kind not in CLASSES:
        raise RequestError(f"{where}: class = {kind!r}: expected one of {', '.join(CLASSES)}")
    limits = entry.get("range", [-10.0, 10.0])
    if len(limits) != 2 or not float(limits[0]) <= float(limits[1]):
        raise RequestError(f"{where}: range = {limits!r}: expected [least, largest]")
    special = entry.get("special", [])
    unknown = [each for each in special if each not in SPECIAL]
    if unknown:
        raise RequestError(f"{where}: special = {unknown[0]!r}: expected of {', '.join(SPECIAL)}")
    size = tuple(_dimension(each, where) for each in entry.get("size", ["1..5", "1..5"]))
    if len(size) < 2:
        raise RequestError(f"{where}: size has {len(size)} dimensions: MATLAB has at least two")
    return Input(
        kind,
        size,
        entry.get("like"),
        (float(limits[0]), float(limits[1])),
        bool(entry.get("whole", False)),
        tuple(SPECIAL[each] for each in special),
    )


def _dimension(value, where):
    """Read 3, "1..5" or a letter that several inputs share, as "n" or "n=1..5"."""
    text = str(value)
    letter, _, rest = text.rpartition("=") if "=" in text else ("", "", text)
    found = _RANGE.fullmatch(rest)
    if found:
        least, most = int(found[1]), int(found[2] or found[1])
        if least <= most <= _SIZE_LIMIT:
            return (letter, least, most)
    elif rest.isalpha() and len(rest) == 1 and not letter:
        return (rest, None, None)
    raise RequestError(
        f"{where}: {value!r} is no size: expected 3, '1..5' (at most {_SIZE_LIMIT}), "
        "or 'n=1..5' and then 'n' in the others"
    )


def _loaded(entry, where, path, files):
    file, name = path.parent / str(entry["file"]), entry.get("variable")
    try:
        content = scipy.io.loadmat(file, mat_dtype=True)
    except Exception as error:  # scipy lets whatever a damaged file causes come through
        raise RequestError(f"{where}: {str(file)!r} cannot be read ({error})") from None
    files[str(file)] = _sha256(file)
    variables = sorted(key for key in content if not key.startswith("__"))
    if name not in variables:
        raise RequestError(f"{where}: variable = {name!r}: the file has {', '.join(variables)}")
    return as_value(content[name])


def _literal(value):
    """Return a value of the TOML file as an argument: a list is a row, lists in it are rows."""
    if isinstance(value, list):
        return np.asfortranarray(np.atleast_2d(np.array(value, float)))
    if isinstance(value, bool | int | float):
        return np.array([[value]], bool if isinstance(value, bool) else float)
    return value

"""Two nets, traces, arrays or .mat files, compared value by value."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.io

from dltcnn import Net
from dltcnn.matlab.foreign import Foreign
from dltcnn.matlab.struct import Struct

from .comparison.fields import Row, compare_field
from .errors import RequestError
from .files import check_ends
from .octave.values import matlab_array
from .pair.values import NoValueError, arrays, as_value
from .traces.trace import held_fields, net_fields

_SHOWN = 20


@dataclass(frozen=True)
class Comparison:
    """How two things compare.

    Attributes
    ----------
    rows : tuple of Row
        One for each field that either side has; `reference` stands for the first side, `port` for
        the second.
    """

    rows: tuple

    @property
    def same(self):
        """Whether all fields have the same class, size and bits; nothing compared is not."""
        return bool(self.rows) and all(row.same for row in self.rows)

    @property
    def different(self):
        """The rows that differ."""
        return tuple(row for row in self.rows if not row.same)

    def __bool__(self):
        return self.same

    def __repr__(self):
        values = sum(row.values for row in self.rows)
        head = f"{len(self.rows)} fields, {values:,} values: "
        if self.same:
            return head + "all the same, bit for bit"
        lines = [f"  {wording(row)}" for row in self.different[:_SHOWN]]
        if len(self.different) > _SHOWN:
            lines.append(f"  and {len(self.different) - _SHOWN} more fields")
        return "\n".join([f"{head}{len(self.different)} fields differ", *lines])


def compare(a, b):
    """Compare two nets, traces or arrays.

    Parameters
    ----------
    a, b : Net, Opts, dict of str to numpy.ndarray, numpy.ndarray, number, str or list
        Both of one kind.

    Returns
    -------
    Comparison
        Its rows; true where all bits are the same.
    """
    ours, theirs = _fields(a), _fields(b)
    return Comparison(tuple(_row(field, ours, theirs) for field in {**ours, **theirs}))


def compare_files(first, second, name=None):
    """Compare the variables of two .mat files.

    Parameters
    ----------
    first, second : Path
        Files of MATLAB's format 5 to 7.
    name : str, optional
        The variable; by default all of them, or the only one of each, whatever its name.

    Returns
    -------
    Comparison
        Its rows.

    Raises
    ------
    RequestError
        If a file cannot be read or lacks the variable, or holds what has no values to compare.
    """
    try:
        return _compared(first, second, name)
    except NoValueError:
        raise RequestError(
            f"{str(first)!r} or {str(second)!r} holds a function handle or an object, whose bits "
            "say nothing: compare nets in Python, compare(load_net(A), load_net(B))"
        ) from None


def _compared(first, second, name):
    a, b = _variables(first), _variables(second)
    if name is not None:
        for path, found in ((first, a), (second, b)):
            if name not in found:
                raise RequestError(f"{str(path)!r} has no {name!r}: it has {', '.join(found)}")
        return compare({name: a[name]}, {name: b[name]})
    if len(a) == len(b) == 1:
        both = "value" if a.keys() != b.keys() else next(iter(a))
        return compare({both: next(iter(a.values()))}, {both: next(iter(b.values()))})
    return compare(a, b)


def _variables(path):
    try:
        check_ends(path)
        with Path(path).open("rb") as file:
            content = scipy.io.loadmat(file, mat_dtype=True)
    except NotImplementedError:
        raise RequestError(
            f"{str(path)!r} is of format 7.3: save it in MATLAB or Octave with '-v7'"
        ) from None
    except OSError as error:
        raise RequestError(f"{str(path)!r} cannot be read ({error.strerror or error})") from None
    except Exception as error:  # scipy lets whatever a damaged file causes come through
        raise RequestError(f"{str(path)!r} cannot be read as a .mat file ({error})") from None
    found = {k: as_value(v) for k, v in sorted(content.items()) if not k.startswith("__")}
    if not found:
        raise RequestError(f"{str(path)!r} holds no variable")
    return found


def _fields(value):
    """Flatten a value: path to class and array."""
    if isinstance(value, Net):
        fields = {path: _array(each) for path, each in net_fields(value).items()}
        others = {
            path: _other(each)
            for path, each in held_fields(value)
            if isinstance(each, str | Foreign)
        }
        return {**others, **fields}
    if isinstance(value, Struct):
        value = vars(value)
    if not isinstance(value, dict):
        return {_named("", path): each for path, each in arrays([_plain(value)]).items()}
    found = {}
    for name, each in value.items():
        found.update({_named(name, p): leaf for p, leaf in arrays([_plain(each)]).items()})
    return found


def _other(value):
    """Return a text's class and codes; of what Python has not, what it is and its bytes."""
    if isinstance(value, Foreign):
        return value.description, np.frombuffer(value.raw + value.objects, np.uint8)[None]
    return arrays([value])["{1}"]


def _plain(value):
    return matlab_array(value) if isinstance(value, np.ndarray) else value


def _array(value):
    return next(iter(arrays([value]).values()))


def _named(name, path):
    """Put a variable's name in the place of the number of the output."""
    return f"{name}{path.removeprefix('{1}')}".lstrip(".") or "the value"


def _row(field, ours, theirs):
    if field not in theirs:
        return Row(field, problem="is missing in the second")
    if field not in ours:
        return Row(field, problem="is missing in the first")
    (kind, first), (other, second) = ours[field], theirs[field]
    if kind != other:
        return Row(field, problem=f"class {kind} in the first, {other} in the second")
    row = compare_field(field, first, second)
    if row.problem:
        sizes = ("x".join(map(str, each.shape)) for each in (first, second))
        return Row(field, problem="size {} in the first, {} in the second".format(*sizes))
    return row


def wording(row):
    if row.problem:
        return f"{row.field}: {row.problem}"
    place = ", ".join(map(str, row.index))
    return (
        f"{row.field}: {row.different:,} of {row.values:,} values differ, by up to "
        f"{row.max_abs:.3g} ({row.max_ulp_of_scale:.3g} units in the last place of the largest); "
        f"the first at ({place}): {row.reference} and {row.port}"
    )

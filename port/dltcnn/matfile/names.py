"""Names of variables and fields."""

import re

from .errors import Refused

_LONGEST = 63


def is_variable(text):
    """Say whether MATLAB takes a text as the name of a variable."""
    return isinstance(text, str) and bool(re.fullmatch(r"[A-Za-z]\w{0,62}", text, re.ASCII))


def name_of(path):
    """Return the name of the field that a path leads to: ``net.layers{2}.k{1}`` -> ``k``."""
    return path.rsplit(".", 1)[-1].split("{")[0]


def check_field(name, path):
    """Refuse to read a field whose name Python keeps for itself."""
    if name.startswith("__"):
        raise Refused(
            f"{path}.{name}: names that begin with two underscores are Python's own: rename the "
            "field in Octave"
        )


def check_written(name, path):
    """Refuse to write what is not the name of a field."""
    good = isinstance(name, str) and re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII)
    if not good or name.startswith("__"):
        raise ValueError(f"{path} has a field {name!r}: the name of one has letters, digits and _")
    if len(name) > _LONGEST:
        raise ValueError(
            f"{path} has a field {name}: MATLAB's names have at most {_LONGEST} characters"
        )

"""Which of a file's values is the net: found by itself, or named by a path."""

import difflib
import math
import re

from ..described import described
from ..matlab.struct import Cell, Struct, StructArray

_PART = re.compile(r"\.([A-Za-z]\w*)|\{([\d, ]+)\}|\(([\d, ]+)\)", re.ASCII)
_SHOWN = 6
_SAVE = "save('-v7', file, 'net')"


def chosen(path, variables, name):
    """Read the net of a file, or what `name` stands for.

    Parameters
    ----------
    path : Path
        The file, for messages.
    variables : iterable of tuple
        Name, what it is, and the function that reads it (None for what has no Python form).
    name : str or None
        The variable, or the way to the net in it, as in ``"result.cnn"`` and ``"nets{2}"``.

    Returns
    -------
    tuple
        The way to the struct, and the struct.

    Raises
    ------
    ValueError
        If there is no such variable or path, no net, or more than one.
    """
    if name is not None:
        return name, _named(path, variables, name)
    read, others = {}, {}
    for variable, what, reader in variables:
        others[variable] = what
        if reader and what.endswith((" struct", " cell")):
            read[variable] = reader()
    nets = [variable for variable, value in read.items() if is_net(value)]
    if len(nets) == 1:
        return nets[0], read[nets[0]]
    if nets:
        raise ValueError(
            f"{path} holds {len(nets)} structs with layers ({', '.join(sorted(nets))}): "
            "say which variable is meant with name="
        )
    raise ValueError(f"{path} {_no_net(path, read, others)}")


def is_net(value):
    """Say whether a value is a struct with layers."""
    return isinstance(value, Struct) and "layers" in vars(value)


def _no_net(path, read, others):
    """Say why no variable of a file is a net, and where one might be."""
    if not others:
        return (
            "holds no variable: Octave leaves such a file where it cannot save a value (a function "
            f"handle); remove that field and save the net again with {_SAVE}"
        )
    if isinstance(read.get("layers"), Cell | StructArray | Struct):
        return (
            "holds the fields of a net as variables of their own (save -struct): in MATLAB or "
            f"Octave, net = load('{path}'); {_SAVE}"
        )
    inside = [place for name, value in read.items() for place in places(value, name)]
    if len(inside) == 1:
        return f'holds a net inside another variable: load it with name="{inside[0]}"'
    if inside:
        return (
            f"holds {_several(inside)} with layers inside other variables: say which is meant, "
            f'as in name="{inside[0]}"'
        )
    for name, what in others.items():
        if what.startswith(("an object", "a function")):
            return (
                f"holds no net of the toolbox: {name} is {what}, of which Python reads nothing; "
                f"put its weights into a struct with a field layers, and {_SAVE}"
            )
    listed = [f"{name} ({what})" for name, what in others.items()]
    return f"holds no net, a struct with a field layers: its variables are {_several(listed)}"


def _several(names):
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def places(value, path):
    """Go through the paths of the nets inside a value."""
    if is_net(value):
        yield path
        return
    if isinstance(value, Struct):
        for name, item in vars(value).items():
            yield from places(item, f"{path}.{name}")
    elif isinstance(value, Cell | StructArray):
        left, right = "{}" if isinstance(value, Cell) else "()"
        for number, item in enumerate(value, 1):
            yield from places(item, f"{path}{left}{number}{right}")


def _named(path, variables, name):
    variable, rest = _split(name)
    others = {}
    for there, what, reader in variables:
        others[there] = what
        if there == variable:
            if reader is None:
                raise ValueError(f"{path}: {variable} is {what}, and not a struct with layers")
            return _net_in(path, reader(), variable, rest)
    near = difflib.get_close_matches(variable, others, 1)
    hint = f"; {near[0]} is" if near else ""
    known = _several(list(others)) or "none"
    raise ValueError(f"{path}: {variable} is not in it{hint}; its variables are {known}")


def _split(name):
    """Take a path apart: the variable, and (text, field, cell, element) of each step."""
    head = re.match(r"[A-Za-z]\w*", name, re.ASCII) if isinstance(name, str) else None
    at, steps = head.end() if head else 0, []
    while head and at < len(name):
        step = _PART.match(name, at)
        if step is None:
            head = None
            break
        steps.append((step[0], *step.groups()))
        at = step.end()
    if head is None:
        raise ValueError(
            f'name={name!r} was given: expected a variable, as in name="net", or the way to the '
            'net in it, as in name="result.cnn" or name="nets{2}"'
        )
    return head[0], steps


def _net_in(path, value, place, steps):
    for text, field, cell, element in steps:
        step, there = place + text, value
        if field is not None:
            value = vars(value).get(field) if isinstance(value, Struct) else None
        elif cell is not None:
            value = _item(value, cell) if isinstance(value, Cell) else None
        elif isinstance(value, StructArray):
            value = _item(value, element)
        else:
            first = {part.strip() for part in element.split(",")} == {"1"}
            value = value if isinstance(value, Struct) and first else None
        if value is None:
            raise ValueError(f"{path}: there is no {step}: {place} is {described(there)}")
        place = step
    if not is_net(value):
        inside = [*places(value, place)]
        hint = f'; load it with name="{inside[0]}"' if inside else ""
        raise ValueError(
            f"{path}: {place} is {described(value)}, and not a struct with layers{hint}"
        )
    return value


def _item(items, numbers):
    """Return the item of a 1-based number, or of one for each dimension; None beyond."""
    try:
        numbers = [int(number) - 1 for number in numbers.split(",")]
    except ValueError:
        return None
    shape = items.dims
    if len(numbers) == 1:
        place = numbers[0]
    else:
        shape = (*shape, *[1] * (len(numbers) - len(shape)))
        if any(not 0 <= n < s for n, s in zip(numbers, shape, strict=False)):
            return None
        place = sum(n * math.prod(shape[:dim]) for dim, n in enumerate(numbers))
    return list.__getitem__(items, place) if 0 <= place < len(items) else None

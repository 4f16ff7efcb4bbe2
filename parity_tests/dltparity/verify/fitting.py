"""Whether a net and what was given with it fit, before any work: a refusal in words, or notes."""

import numpy as np

from dltcnn.described import described
from dltcnn.door.findings import findings
from dltcnn.door.given import understood
from dltcnn.matlab.struct import Cell

from ..errors import RequestError
from ..traces.trace import held_fields


def foreign(net):
    """Name the first field that holds neither numbers nor text: Octave cannot be handed it.

    Parameters
    ----------
    net : Net
        The net.

    Returns
    -------
    str
        The field, what it is and the remedy; empty where there is none.
    """
    for path, value in held_fields(net):
        if not _is_handed(value):
            struct, _, name = f"net.{path}".rpartition(".")
            return (
                f"net.{path} is {described(value)}, which cannot be handed to Octave: delete it "
                f"where it changes nothing ({struct} = rmfield({struct}, '{name}')) and save again"
            )
    return ""


def check_data(given, family):
    """Look at images and targets as the library does at its arguments.

    Parameters
    ----------
    given : Given
        What was read; gets notes of values that the functions were not made for.
    family : {'cnn', 'acnn'}
        Whose functions are to run.

    Raises
    ------
    RequestError
        If the data are not for this net.
    """
    data = given.data
    pairs = [(data.x, data.y)]
    if data.test_x is not data.x:
        pairs.append((data.test_x, data.test_y))
    for x, y in pairs:
        about = understood(f"{family}train", {"net": given.net, "x": x, "y": y})
        if about is None:
            continue
        _check_size(given.net, x)
        found = findings(about)
        if found.cause:
            raise RequestError(f"the data do not fit the net: {found.cause}")
        given.notes += [each for each in found.warned if each not in given.notes]


def _check_size(net, x):
    """Refuse images of another size than those of the file's last batch."""
    maps = getattr(net.layers[0], "a", None)
    if maps and np.shape(maps[0])[:2] != x.shape[:2]:
        sizes = ("x".join(map(str, each[:2])) for each in (x.shape, np.shape(maps[0])))
        raise RequestError(
            "the data do not fit the net: images of {}, and those of its last batch are {}".format(
                *sizes
            )
        )


def _is_handed(value):
    if isinstance(value, Cell):
        return all(map(_is_handed, value))
    if isinstance(value, str | int | float | list):
        return not isinstance(value, list) or not value
    return getattr(getattr(value, "dtype", None), "kind", "") in tuple("biuf")

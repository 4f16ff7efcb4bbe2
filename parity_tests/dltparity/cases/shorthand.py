"""Nets in the toolbox's shorthand: ``6c5-2s-12c5-2s``."""

import re

from dltcnn import Layer

from ..errors import RequestError


def parse(text):
    """Turn a shorthand into the layers' fields, input layer first.

    Parameters
    ----------
    text : str
        Layers joined by '-': ``6c5`` (6 maps, 5x5 kernels) or ``2s`` (scale 2); empty for none.

    Returns
    -------
    tuple of dict
        One per layer, 'type' and the fields of the toolbox's struct.

    Raises
    ------
    RequestError
        If a part is neither.
    """
    layers = [{"type": "i"}]
    for part in filter(None, text.split("-")):
        if found := re.fullmatch(r"(\d{1,9})c(\d{1,9})", part):
            layers.append({"type": "c", "outputmaps": int(found[1]), "kernelsize": int(found[2])})
        elif found := re.fullmatch(r"(\d{1,9})s", part):
            layers.append({"type": "s", "scale": int(found[1])})
        else:
            raise RequestError(
                f"layer '{part}' in '{text}': expected such as 6c5 (maps, kernel) or 2s (scale)"
            )
    return tuple(layers)


def build(layers):
    """Turn the fields into `Layer` objects."""
    return [Layer(**fields) for fields in layers]

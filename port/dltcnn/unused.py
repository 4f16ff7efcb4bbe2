"""Fields that may change what a net means and that no function uses: they are named."""

import sys
import threading
import warnings
from pathlib import Path

import numpy as np

from .described import described
from .fields import ACNN_LAYER_OPTIONS, ACNN_NET_OPTIONS, LAYER_FIELDS, NET_FIELDS
from .matlab.struct import Cell
from .net import TYPES, Layer, Net
from .typos import nearest

_PACKAGE = str(Path(__file__).parent)
_SHOWN = 8
_door = threading.local()  # .passed: whether a public function runs, which has looked already
# What edited toolboxes call options that the acnn functions have under another name.
_ACNN_NAMES = {
    "activation_function": "activation",
    "act_fun": "activation",
    "act": "activation",
    "nonlinearity": "activation",
    "output": "activation",
    "inputmaps": "channels",
    "numchannels": "channels",
    "nchannels": "channels",
    "connections": "maps",
    "connection_table": "maps",
    "conntable": "maps",
    "normalise": "normalize",
    "normalization": "normalize",
    "zscore": "normalize",
    "hiddenunits": "units",
    "lambda": "lam",
}
# Settings of acnn's with which its functions do what the cnn functions do.
PLAIN = {"activation": "sigm", "trainable": 0, "channels": 1, "maps": 1}
_OF_OTHER_TYPES = {"shared", "penalty", "lam", "units"}  # options of 'a' and 'f' layers


class DltWarning(UserWarning):
    """What was given runs, and may mean something else: unused fields, data of another kind."""


def look(name, expected, args, kwargs):
    """Warn of what a function does not use of the nets that it is given.

    Parameters
    ----------
    name : str
        The function.
    expected : tuple
        What `dltcnn.arguments.places` gives.
    args, kwargs : tuple, dict
        Its arguments.
    """
    for place, argument, kind in expected:
        if kind in ("net", "struct") and argument == "net":
            net = args[place] if place < len(args) else kwargs.get(argument)
            if isinstance(net, Net):
                fields = unused(net, acnn=name.startswith("acnn"))
                if fields:
                    warn(f"{name} does not use {fields}")


class Looked:
    """A block in which a public function runs: a look at its nets, and none for what it calls."""

    def __init__(self, name, expected, args, kwargs):
        self._outermost = not getattr(_door, "passed", False)
        if self._outermost:
            look(name, expected, args, kwargs)

    def __enter__(self):
        _door.passed = True

    def __exit__(self, *_):
        if self._outermost:
            _door.passed = False


def warn(message):
    """Issue a `DltWarning` at the line outside this package that has called it."""
    frame, level = sys._getframe(), 1
    while frame and frame.f_code.co_filename.startswith(_PACKAGE):
        frame, level = frame.f_back, level + 1
    warnings.warn(message, DltWarning, stacklevel=level)


def unused(net, acnn=True):
    """Say which fields of a net change nothing in the functions of one family.

    Parameters
    ----------
    net : Net
        Any net. A field whose name begins with _ is a note of its owner's.
    acnn : bool
        Whether it is for the acnn functions, which use more.

    Returns
    -------
    str
        The fields with what they hold, and what to do; empty where there are none.
    """
    found = {}
    options = ACNN_NET_OPTIONS if acnn else set()
    for name in vars(net).keys() - NET_FIELDS - options:
        found[f"net.{name}"] = (name, vars(net)[name], "net")
    layers = vars(net).get("layers")
    for number, layer in enumerate(layers if isinstance(layers, list) else (), 1):
        if isinstance(layer, Layer):
            _look_at(layer, f"net.layers{{{number}}}", acnn, found)
    order = sorted(found, key=lambda path: (path.startswith("net.layers"), path))
    listed = {path: found[path] for path in order if counts(*found[path])}
    if not listed:
        return ""
    paths = [f"{path} ({described(value)})" for path, (_, value, _) in listed.items()]
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    return f"{', '.join(paths[:_SHOWN])}{more}: {_advice(listed, acnn)}"


def _look_at(layer, path, acnn, found):
    options = ACNN_LAYER_OPTIONS if acnn else set()
    for name in vars(layer).keys() - LAYER_FIELDS - options:
        found[f"{path}.{name}"] = (name, vars(layer)[name], "layer")
    kind = vars(layer).get("type")
    if isinstance(kind, str) and (kind not in TYPES or (kind in "af" and not acnn)):
        found[f"{path}.type"] = ("type", kind, "type")


def counts(name, value, owner):
    """Say whether a field could change what a net means.

    Parameters
    ----------
    name : str
        The field.
    value : object
        What it holds.
    owner : {'net', 'layer', 'type'}
        Which struct it is of, or that it is the type of a layer.

    Returns
    -------
    bool
        False for notes, fields that the struct lacks, and acnn's settings in `PLAIN`.
    """
    if name.startswith("_") or (isinstance(value, Cell) and value.absent):
        return False
    if owner == "layer" and name in _OF_OTHER_TYPES:
        return False
    if name not in PLAIN or owner == "type":
        return True
    plain = PLAIN[name]
    if isinstance(plain, str) or isinstance(value, str):
        return value != plain
    try:
        return not np.all(np.asarray(value) == plain)
    except ValueError:
        return True


def _advice(found, acnn):
    """Say what the fields may mean, and what acnn has of them."""
    parts = []
    if not acnn:
        ours = [path for path, entry in found.items() if _is_acnns(*entry)]
        if ours:
            parts.append(f"acnnsetup and the other acnn functions use {', '.join(ours[:_SHOWN])}")
    names = {name for name, _, _ in found.values()}
    known = ACNN_LAYER_OPTIONS | ACNN_NET_OPTIONS
    for name in sorted(names - known):
        option = _ACNN_NAMES.get(name.lower()) or nearest(name, known)
        if option:
            parts.append(f"the acnn functions have {option} in place of {name}")
    foreign = [path for path, entry in found.items() if acnn or not _is_acnns(*entry)]
    if foreign:
        parts.append(
            "the net may compute something else where it was made; delete the fields that change "
            "nothing (del net.name)"
        )
    return "; ".join(parts)


def _is_acnns(name, value, owner):
    if owner == "type":
        return value in TYPES
    return name in (ACNN_NET_OPTIONS if owner == "net" else ACNN_LAYER_OPTIONS)

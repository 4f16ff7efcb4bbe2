"""Which line of the original sets a field."""

import re

from ..traces.trace import field_name

# Field -> line of the original, where the kind of layer makes no difference.
_SET_BY = {
    ("setup", "k"): "cnnsetup.m:20",
    ("setup", "ffb"): "cnnsetup.m:34",
    ("setup", "ffW"): "cnnsetup.m:35",
    ("ff", "fv"): "cnnff.m:34",
    ("ff", "o"): "cnnff.m:37",
    ("bp", "e"): "cnnbp.m:5",
    ("bp", "L"): "cnnbp.m:7",
    ("bp", "od"): "cnnbp.m:10",
    ("bp", "dk"): "cnnbp.m:44",
    ("bp", "db"): "cnnbp.m:46",
    ("bp", "dffW"): "cnnbp.m:50",
    ("bp", "dffb"): "cnnbp.m:51",
    ("apply", "k"): "cnnapplygrads.m:6",
    ("apply", "b"): "cnnapplygrads.m:8",
    ("apply", "ffW"): "cnnapplygrads.m:13",
    ("apply", "ffb"): "cnnapplygrads.m:14",
    ("trained", "rL"): "cnntrain.m:22",
    ("test", "bad"): "cnntest.m:6",
    ("test", "er"): "cnntest.m:8",
}

# (field, kind of its layer) -> line, where it does.
_SET_BY_KIND = {
    ("setup", "b", "s"): "cnnsetup.m:11",
    ("setup", "b", "c"): "cnnsetup.m:22",
    ("ff", "a", "i"): "cnnff.m:3",
    ("ff", "a", "c"): "cnnff.m:17",
    ("ff", "a", "s"): "cnnff.m:25",
    ("bp", "d", "c"): "cnnbp.m:26",
    ("bp", "d", "s"): "cnnbp.m:34",
    ("apply", "b", "s"): "cnnsetup.m:11",
}

_STAGES_OF_TRAINED = ("ff", "bp", "apply")


def set_by(field, spec):
    """Return the line of the original that sets a field.

    Parameters
    ----------
    field : str
        A path of a trace.
    spec : sequence of dict
        The net's layers.

    Returns
    -------
    str or None
        Such as ``"cnnff.m:17"``; None for the fields that the user sets.
    """
    stage, rest = field.split(".", 1)
    name = field_name(field)
    layer = int(found[1]) if (found := re.match(r"layers\{(\d+)\}", rest)) else len(spec)
    kind = spec[layer - 1]["type"]
    stages = _STAGES_OF_TRAINED if stage in ("train", "trained") else ()
    for each in (stage, *stages):
        if (each, name) == ("bp", "fvd"):
            return "cnnbp.m:13" if spec[-1]["type"] == "c" else "cnnbp.m:11"
        if (each, name) == ("bp", "d") and layer == len(spec):
            return "cnnbp.m:20"
        line = _SET_BY_KIND.get((each, name, kind)) or _SET_BY.get((each, name))
        if line:
            return line
    return None

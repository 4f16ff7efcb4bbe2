"""What every field of a layer and of a net holds: one table, read by whoever asks."""

from typing import NamedTuple


class Field(NamedTuple):
    """What a field of a layer or a net holds.

    Attributes
    ----------
    kind : {'count', 'number', 'array', 'flag', 'text'}
        The values: a whole number (or two), a number (or an array), an array, true or false, text.
    depth : int
        How deep they lie in cell arrays: 0 for none, 1 for cells, 2 for cells of cells.
    weight : bool
        Whether training changes it; its gradient is the field with a d in front.
    option : {'', 'cnn', 'acnn'}
        Whose layers are given it by the user; '' where the functions make it.
    """

    kind: str
    depth: int = 0
    weight: bool = False
    option: str = ""


# Every field of a layer and of a net, in the order in which a layer has its cell arrays. Whoever
# treats fields by what they hold asks here.
FIELDS = {
    "outputmaps": Field("count", option="cnn"),
    "kernelsize": Field("count", option="cnn"),
    "scale": Field("count", option="cnn"),
    "channels": Field("count", option="acnn"),
    "units": Field("count", option="acnn"),
    "lam": Field("number", option="acnn"),
    "maps": Field("array", option="acnn"),
    "activation": Field("text", option="acnn"),
    "trainable": Field("flag", option="acnn"),
    "shared": Field("flag", option="acnn"),
    "penalty": Field("text", option="acnn"),
    "type": Field("text"),
    "a": Field("array", depth=1),
    "d": Field("array", depth=1),
    "k": Field("array", depth=2, weight=True),
    "b": Field("number", depth=1, weight=True),
    "dk": Field("array", depth=2),
    "db": Field("number", depth=1),
    "beta": Field("number", depth=1, weight=True),
    "dbeta": Field("number", depth=1),
    "pool": Field("array", depth=1),
    "p": Field("array", depth=2),
    "A": Field("array"),
    "dA": Field("array"),
    "c": Field("array", weight=True),
    "dc": Field("array"),
    "W": Field("array", weight=True),
    "dW": Field("array"),
    "ffW": Field("array", weight=True),
    "ffb": Field("array", weight=True),
    "dffW": Field("array"),
    "dffb": Field("array"),
    "fv": Field("array"),
    "o": Field("array"),
    "e": Field("array"),
    "od": Field("array"),
    "fvd": Field("array"),
    "rL": Field("array"),
    "L": Field("number"),
    "normalize": Field("text"),
    "mu": Field("number"),
    "sigma": Field("number"),
}
CELLS = {name: field.depth for name, field in FIELDS.items() if field.depth}

OPTIONS_OF_LAYERS = {name: field for name, field in FIELDS.items() if field.option}
LITERALS = {n for n, field in OPTIONS_OF_LAYERS.items() if field.kind in ("count", "number")}

ACNN_LAYER_OPTIONS = {n for n, field in OPTIONS_OF_LAYERS.items() if field.option == "acnn"}
ACNN_NET_OPTIONS = {"activation", "normalize"}
_ONLY_OF_NETS = {"ffW", "ffb", "dffW", "dffb", "o", "e", "od", "fvd", "L", "rL", "mu", "sigma"}
NET_FIELDS = _ONLY_OF_NETS | {"layers", "fv"}
LAYER_FIELDS = FIELDS.keys() - _ONLY_OF_NETS - ACNN_LAYER_OPTIONS - {"normalize"}
OF_LAYERS = LAYER_FIELDS | ACNN_LAYER_OPTIONS
OF_NETS = NET_FIELDS | ACNN_NET_OPTIONS

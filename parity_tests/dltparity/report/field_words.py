"""What a field of a trace is, in words."""

import re

_WORDS = {
    **{"k": "kernel", "a": "activations", "d": "deltas", "b": "bias", "o": "output"},
    **{"dk": "gradient of the kernel", "db": "gradient of the bias", "e": "error of the output"},
    **{"ffW": "weights of the output", "ffb": "biases of the output", "fv": "feature vector"},
    **{"dffW": "gradient of the output's weights", "dffb": "gradient of the output's biases"},
    **{"od": "delta of the output", "fvd": "delta of the feature vector", "L": "loss"},
    **{"rL": "smoothed loss", "er": "test error", "bad": "images that the test gets wrong"},
}
_STAGES = {
    **{"setup": "after the setup", "ff": "after the forward pass", "bp": "after the backward pass"},
    **{"apply": "after the update", "train": "before a batch of the training"},
    **{"trained": "after the training", "test": "of the test"},
}
_PATH = re.compile(r"(\w+)\.(?:layers\{(\d+)\}\.)?(\w+)(?:\{(\d+)\})?(?:\{(\d+)\})?$")


def in_words(path):
    """Say what a field is.

    Parameters
    ----------
    path : str
        Such as ``bp.layers{2}.dk{1}{2}``.

    Returns
    -------
    str
        Such as ``the gradient of the kernel from map 1 to map 2 of layer 2, after the backward
        pass``; empty for a field of which no words are known.
    """
    found = _PATH.match(path)
    stage, layer, name, i, j = found.groups() if found else [""] * 5
    if name not in _WORDS or stage not in _STAGES:
        return ""
    maps = f" from map {i} to map {j}" if j else f" of map {i}" if i else ""
    place = f" of layer {layer}" if layer else ""
    return f"the {_WORDS[name]}{maps}{place}, {_STAGES[stage]}"

"""What a gradient's error is measured against: its largest entry, or its largest summand."""

import re

import numpy as np

from .printed import windows

_WEIGHT = re.compile(r"layers\{(\d+)\}\.d(k|b|c|beta|W|A)((?:\{\d+\})*)$")


def scales(case, fields):
    """Return the scale of each gradient and sensitivity of a net after acnnbp.

    Parameters
    ----------
    case : AcnnCase
        Its layers.
    fields : dict of str to numpy.ndarray
        The net's fields.

    Returns
    -------
    dict of str to float
        Path -> the larger of the largest entry and the largest summand.
    """
    count = fields["o"].shape[1]
    found = {}
    for path, value in fields.items():
        name = path.rsplit(".", 1)[-1].split("{")[0]
        if _WEIGHT.match(path):
            summand = _weight_summand(case, fields, path) / count
        elif name == "d":
            summand = _sensitivity_summand(case, fields, path)
        elif name in ("fvd", "od"):
            summand = largest(fields["ffW"]) * largest(fields["od"]) if name == "fvd" else 0
        elif name in ("dffW", "dffb"):
            summand = largest(fields["od"]) * (largest(fields["fv"]) if name == "dffW" else 1)
            summand /= count
        else:
            continue
        found[path] = max(largest(value), summand)
    return found


def largest(value):
    """Return the largest magnitude that is finite: beside Inf everything would be small."""
    return float(np.abs(value[np.isfinite(value)]).max(initial=0))


def _weight_summand(case, fields, path):
    """Find the largest product that a gradient sums up, times the number of images."""
    number, name, index = _WEIGHT.match(path).groups()
    layer, index = case.layers[int(number) - 1], [int(n) for n in re.findall(r"\d+", index)]
    here, below = f"layers{{{number}}}", f"layers{{{int(number) - 1}}}"
    if name == "W":
        return largest(fields[f"{here}.d{{1}}"]) * largest(fields[f"{here}.fv"])
    if name == "b":
        return largest(fields[f"{here}.d{{{index[0] if index else 1}}}"])
    if name == "beta":
        return largest(
            _stacked(fields[f"{here}.d{{{index[0]}}}"])
            * _stacked(fields[f"{here}.pool{{{index[0]}}}"])
        )
    if name == "k":
        i, q = index
        a = _stacked(fields[f"{below}.a{{{i}}}"])
        shared = layer["type"] == "a" and layer.get("shared", True)
        outputs = range(1, layer["outputmaps"] + 1) if shared else [q]
        return max(_kernel_summand(layer, fields, here, a, i, j) for j in outputs)
    return _mix_summand(layer, fields, here, name)


def _kernel_summand(layer, fields, here, a, i, j):
    d = _stacked(fields[f"{here}.d{{{j}}}"])
    mix = fields[f"{here}.A"][i - 1, j - 1] if layer["type"] == "a" else 1
    if not a.size or not d.size:
        return 0.0
    return mix * largest(windows(a, d.shape[:2]) * d[None, None].transpose(0, 1, 4, 2, 3))


def _mix_summand(layer, fields, here, name):
    """The summands of dA, weighted by A for dc; the penalty enters once, not per image."""
    count = fields["o"].shape[1]
    sums = 0.0
    for j in range(1, layer["outputmaps"] + 1):
        d = _stacked(fields[f"{here}.d{{{j}}}"])
        for i in range(1, fields[f"{here}.A"].shape[0] + 1):
            q = 1 if layer.get("shared", True) else j
            mix = fields[f"{here}.A"][i - 1, j - 1] if name == "c" else 1
            p = _stacked(fields[f"{here}.p{{{i}}}{{{q}}}"])
            sums = max(sums, mix * largest(d * p))
    penalty = layer.get("lam", 0) * (largest(fields[f"{here}.A"]) if name == "c" else 1)
    return max(sums, penalty * count)


def _sensitivity_summand(case, fields, path):
    """Find the largest product that goes into a sensitivity: weight times sensitivity above."""
    number = int(re.search(r"\d+", path)[0])
    if number == len(case.layers):
        return largest(fields["ffW"]) * largest(fields["od"])
    above = f"layers{{{number + 1}}}."
    delta = max(largest(v) for p, v in fields.items() if re.match(rf"{re.escape(above)}d\{{", p))
    factors = [v for p, v in fields.items() if re.match(rf"{re.escape(above)}(k|beta|W)\b", p)]
    return delta * max((largest(v) for v in factors), default=1.0)


def _stacked(x):
    """Give an array of maps its third dimension."""
    return x.reshape((*x.shape, 1)[:3])

"""Kernels, activations and losses of both sides, small enough to be kept with a result."""

import base64
import re

import numpy as np

from ..traces.trace import flow_order
from .fields import different_bits

MOST_MAPS, MOST_PIXELS, MOST_POINTS = 24, 48, 200
TOP, NOT_FINITE = 253, 254  # levels of a picture: 0 to TOP, and one for NaN and Inf
DECADES = (-2, 16)  # of a difference, in units of the last place of the largest value
_KERNELS, _MAPS = re.compile(r"(layers\{\d+\}\.k)\{"), re.compile(r"(layers\{\d+\}\.a)\{")


class Gallery:
    """Pictures of the first comparison that fails, and of one of the others.

    Of those that pass it is the longest training, if there are any on real images.
    """

    def __init__(self):
        self._held, self._worth = {}, {}

    @property
    def entries(self):
        """The pictures, those of a failure first; JSON types."""
        return [self._held[verdict] for verdict in sorted(self._held)]

    def offer(self, result, reference, port):
        """Show a comparison to the gallery.

        Parameters
        ----------
        result : CaseResult
            The comparison.
        reference, port : dict of str to numpy.ndarray
            The traces.
        """
        held, batches = self._held.get(result.verdict), result.drift["batches"]
        worth = (result.case.source != "random", batches)
        if held is None or (result.verdict == "pass" and worth > self._worth["pass"]):
            self._worth[result.verdict] = worth
            self._held[result.verdict] = {
                **{"name": result.case.name, "layers": result.case.layers},
                **{"reference": result.reference, "engine": result.engine},
                **{"verdict": result.verdict, "batches": batches},
                **pictures(reference, port),
            }


def pictures(reference, port, kernels="trained", maps="ff", losses="trained.rL"):
    """Take pictures of two traces.

    Parameters
    ----------
    reference, port : dict of str to numpy.ndarray
        The traces. What only one of them has, or a recording keeps a digest of, is left out.
    kernels, maps : str
        The stages whose kernels and activations (of the first image) are shown.
    losses : str
        The path of the smoothed loss.

    Returns
    -------
    dict
        'sheets': the maps of a layer, one byte a pixel in base 64, of the reference, of the port
        (None where its bits are the same) and of their difference on a log scale; 'rL': both
        curves. JSON types.
    """
    groups = {}
    for path in sorted(reference, key=flow_order):
        stage, name = path.split(".", 1)
        for wanted, pattern in ((kernels, _KERNELS), (maps, _MAPS)):
            found = stage == wanted and pattern.match(name)
            if found and _shown(reference[path], port.get(path)):
                groups.setdefault((stage, found[1]), []).append(path)
    sheets = [
        _sheet(stage, name, [reference[p] for p in paths], [port[p] for p in paths])
        for (stage, name), paths in groups.items()
    ]
    return {"sheets": sheets, "rL": _curves(reference.get(losses), port.get(losses))}


def _shown(theirs, ours):
    both = isinstance(theirs, np.ndarray) and isinstance(ours, np.ndarray)
    return both and theirs.shape == ours.shape and theirs.size > 0 and theirs.dtype.kind in "fiub"


def _sheet(stage, name, theirs, ours):
    """Make a sheet of the first maps of one size."""
    size = theirs[0].shape[:2]
    pairs = [(a, b) for a, b in zip(theirs, ours, strict=True) if a.shape[:2] == size]
    step = -(-max(size) // MOST_PIXELS)
    a, b = (
        np.stack([_plane(pair[side])[::step, ::step] for pair in pairs[:MOST_MAPS]])
        for side in (0, 1)
    )
    finite = np.concatenate([x[np.isfinite(x)] for x in (a, b)])
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    unlike = different_bits(a, b)
    return {
        **{"stage": stage, "field": name, "maps": len(theirs), "shown": len(a), "every": step},
        **{"rows": a.shape[1], "cols": a.shape[2], "low": low, "high": high},
        "different": int(unlike.sum()),
        "reference": _text(_levels(a, low, high)),
        "port": _text(_levels(b, low, high)) if unlike.any() else None,
        "difference": _text(_far(a, b, unlike, theirs[0].dtype)) if unlike.any() else None,
    }


def _plane(x):
    """Return the first image of a field as doubles."""
    return x.reshape((*x.shape[:2], -1), order="F")[:, :, 0].astype(float)


def _levels(x, low, high):
    with np.errstate(all="ignore"):
        level = (x / 2 - low / 2) / ((high / 2 - low / 2) or 1) * TOP
        return np.where(np.isfinite(x), np.round(level), NOT_FINITE).astype(np.uint8)


def _far(a, b, unlike, cls):
    """Return levels of the difference: 0 where bits are the same, 1 to TOP on a log scale."""
    with np.errstate(all="ignore"):
        cls = cls if cls.kind == "f" else np.dtype(float)
        scale = np.abs(a[np.isfinite(a)]).max(initial=0)
        decades = np.log10(np.abs(a - b) / float(np.spacing(cls.type(scale))))
        first, last = DECADES
        level = 1 + np.round((np.clip(decades, first, last) - first) / (last - first) * (TOP - 1))
        level = np.where(np.isnan(decades), NOT_FINITE, level)
    return np.where(unlike, level, 0).astype(np.uint8)


def _text(levels):
    return base64.b64encode(levels.tobytes()).decode()


def _curves(theirs, ours):
    if not (isinstance(theirs, np.ndarray) and isinstance(ours, np.ndarray)):
        return None
    if theirs.size != ours.size or theirs.size < 2:
        return None
    step = -(-theirs.size // MOST_POINTS)
    both = [[_rounded(x) for x in side.ravel()[::step]] for side in (theirs, ours)]
    same = np.array_equal(theirs, ours, equal_nan=True)
    return {
        **{"points": theirs.size, "every": step, "same": bool(same)},
        **{"reference": both[0], "port": both[1]},
    }


def _rounded(x):
    return float(f"{x:.6g}") if np.isfinite(x) else None

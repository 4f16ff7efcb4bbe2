"""Make two edited copies of the toolbox: a right one and a wrong one.

Both have rectified units in place of sigmoids in the convolution layers. The right one has their
slope in the backward pass too; the wrong one leaves the backward pass as it was.

    python examples/toolbox/make.py FOLDER

The module relu_port.py has the right one's passes in Python: the port's, edited in the same way.
The original's files are taken from the cache (`dltparity fetch`).
"""

import re
import shutil
import sys
from importlib import import_module
from pathlib import Path

from dltparity.original.cache import OriginalMissing, require_original

_RELU = "function y = relu(x)\n    y = max(0, x);\nend\n"
_SLOPE = "function s = relu_slope(y)\n    s = double(y > 0);\nend\n"
_IN_PYTHON = """
import numpy as np

from dltcnn.matlab import double
from dltcnn.matlab.array import lifted

relu = lifted(lambda y: np.maximum(0.0, y))


def relu_slope(y):
    return double(y > 0)
"""


def make(folder):
    """Write the copies to FOLDER/right and FOLDER/wrong, and FOLDER/relu_port.py."""
    for name in ("right", "wrong"):
        copy = Path(folder, name)
        shutil.copytree(require_original(), copy)
        (copy / "util" / "relu.m").write_text(_RELU)
        _edit(copy / "CNN" / "cnnff.m", 17, r"sigm\(", "relu(")
    right = Path(folder, "right")
    (right / "util" / "relu_slope.m").write_text(_SLOPE)
    _edit(right / "CNN" / "cnnbp.m", 13, r"\.\* \(.*\);", ".* relu_slope(net.fv);")
    _edit(right / "CNN" / "cnnbp.m", 26, r"= .* \.\* \(expand", "= relu_slope(F) .* (expand")
    _edit(right / "CNN" / "cnnbp.m", 26, r"relu_slope\(F\)", "relu_slope(net.layers{l}.a{j})")
    (Path(folder) / "relu_port.py").write_text(_IN_PYTHON + _ported())


def _ported():
    """Return the port's passes with the right copy's edits."""
    sources = (import_module(f"dltcnn.cnn.{name}").__file__ for name in ("cnnff", "cnnbp"))
    text = "\n\n".join(Path(each).read_text() for each in sources).replace(
        "from ..", "from dltcnn."
    )
    for right, ours in (
        ("sigm(z + layer.b[j])", "relu(z + layer.b[j])"),
        ("net.fvd * (net.fv * (1 - net.fv))", "net.fvd * relu_slope(net.fv)"),
        ("slope = layer.a[j] * (1 - layer.a[j])", "slope = relu_slope(layer.a[j])"),
    ):
        if text.count(right) != 1:
            raise SystemExit(f"the port has no {right}")
        text = text.replace(right, ours)
    return text


def _edit(file, number, pattern, text):
    """Replace what a pattern finds in one line of a file."""
    lines = file.read_text().splitlines()
    lines[number - 1], found = re.subn(pattern, lambda _: text, lines[number - 1])
    if not found:
        raise SystemExit(f"{file}:{number} is not the line that was expected")
    file.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: python {sys.argv[0]} FOLDER")
    try:
        make(sys.argv[1])
    except OriginalMissing as error:
        sys.exit(str(error))

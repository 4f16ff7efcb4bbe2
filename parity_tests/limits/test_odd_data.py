"""Odd images and targets: whatever Octave makes of them, the port makes of them too."""

import numpy as np
import pytest

from both_sides.functions import assert_same_outcome
from both_sides.programs import STEP, TRAINING, Program, run_in_octave, run_in_port

IMAGES = {
    "one image without a third dimension": lambda x: x[:, :, 0],
    "four dimensions": lambda x: np.stack([x, x], 3),
    "five dimensions": lambda x: x[..., None, None] * np.ones((2, 2)),
    "a third dimension of 1": lambda x: x[:, :, None],
    "nothing": lambda x: np.zeros((0, 0)),
    "no rows": lambda x: x[:0],
    "no columns": lambda x: x[:, :0],
    "no images": lambda x: x[:, :, :0],
    "one pixel": lambda x: x[:1, :1],
    "one number": lambda x: np.array([[3.0]]),
    "a row": lambda x: np.array([[1.0, 2.0, 3.0, 4.0]]),
    "negative infinity": lambda x: np.full_like(x, -np.inf),
    "int64": lambda x: (x * 100).astype(np.int64),
}
TARGETS = {
    "pages": lambda y: np.stack([y, y], 2),
    "columns in two dimensions": lambda y: y.reshape(3, 2, 2),
    "columns in the third dimension": lambda y: y[:, None],
    "nothing": lambda y: np.zeros((0, 0)),
    "no classes": lambda y: y[:0],
    "no images": lambda y: y[:, :0],
    "one class": lambda y: y[:1],
    "one image": lambda y: y[:, :1],
    "one number": lambda y: y[:1, :1],
    "twice as many": lambda y: np.hstack([y, y]),
    "images in rows": lambda y: y.T,
    "NaN": lambda y: y * np.nan,
    "uint64": lambda y: y.astype(np.uint64),
}
NETS = ("2c3-2s", "2s")
STAGES = {"step": STEP, "training": TRAINING}


@pytest.mark.parametrize("stages", STAGES)
@pytest.mark.parametrize("net", NETS)
@pytest.mark.parametrize("x", IMAGES)
def test_odd_images(original_session, x, net, stages):
    program = Program(net, STAGES[stages], x=IMAGES[x])
    assert_same_outcome(run_in_octave(original_session, program), run_in_port(program))


@pytest.mark.parametrize("stages", STAGES)
@pytest.mark.parametrize("net", NETS)
@pytest.mark.parametrize("y", TARGETS)
def test_odd_targets(original_session, y, net, stages):
    program = Program(net, STAGES[stages], y=TARGETS[y])
    assert_same_outcome(run_in_octave(original_session, program), run_in_port(program))


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        (
            {"x": lambda x: x[:, :, :0]},
            ("x(_,_,1): out of bound 0 (dimensions are 8x8x0)", "cnnsetup.m:4"),
        ),
        (
            {"y": lambda y: np.stack([y, y], 2)},
            ("reshape: can't reshape 9x8 array to 3x3x4 array", "cnnbp.m:20"),
        ),
        (
            {"x": lambda x: np.stack([x, x], 3), "layers": "2s"},
            ("operator -: nonconformant arguments (op1 is 3x8, op2 is 3x4)", "cnnbp.m:5"),
        ),
        (
            {"y": lambda y: y[:, :0], "stages": TRAINING},
            ("y(_,4): out of bound 0 (dimensions are 3x0)", "cnntrain.m:14"),
        ),
    ],
)
def test_port_refuses(parts, says):
    assert run_in_port(Program(**parts)) == says

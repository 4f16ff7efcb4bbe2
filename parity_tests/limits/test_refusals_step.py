"""What a step refuses, on both sides: forward, backward, update.

Each row states the whole net, the stage that fails, and what Octave says there. The port's side
runs everywhere; the original's wherever it is at hand.
"""

import numpy as np
import pytest

from both_sides.refusals import (
    EMPTY_OR_ONE,
    INPUT,
    NO_A,
    NO_THIRD,
    Refusal,
    assert_original_refuses_step,
    assert_port_refuses,
    step_in_port,
)

pytestmark = pytest.mark.filterwarnings("ignore::dltcnn.DltWarning")  # types without a meaning
STEP = [
    Refusal("batch of one", "2c3-2s", EMPTY_OR_ONE, "cnnff.m:11", size=(8, 8, 1)),
    Refusal("batch of one, s", "2s", NO_THIRD, "cnnff.m:34", size=(8, 8, 1)),
    Refusal("batch of one, i", "", NO_THIRD, "cnnff.m:34", size=(8, 8, 1)),
    Refusal("two c", "2c3-2c3", "structure has no member 'scale'", "cnnbp.m:26"),
    Refusal("two s", "2s-2s", "structure has no member 'k'", "cnnbp.m:32"),
    Refusal("two s after c", "2c3-2s-3s", "structure has no member 'k'", "cnnbp.m:32"),
    Refusal("unknown type", (INPUT, {"type": "x"}), NO_A, "cnnff.m:32"),
    Refusal("no output maps", "0c3", NO_A, "cnnff.m:32"),
    Refusal("no output maps, s", "0c3-2s", NO_A, "cnnff.m:32"),
    Refusal("no output maps, c", "0c3-2s-2c2", NO_A, "cnnff.m:11"),
    Refusal(
        "type C, then s",
        (INPUT, {"type": "C", "outputmaps": 2, "kernelsize": 3}, {"type": "s", "scale": 2}),
        NO_A,
        "cnnff.m:24",
    ),
    Refusal(
        "type C last", (INPUT, {"type": "C", "outputmaps": 2, "kernelsize": 3}), NO_A, "cnnff.m:32"
    ),
    Refusal(
        "kernel larger by one, last c",
        "2c9",
        "operator -: nonconformant arguments (op1 is 9x9, op2 is 0x0)",
        "cnnapplygrads.m:6",
    ),
    Refusal("kernel larger by one, then s", "2c9-2s", NO_THIRD, "cnnff.m:34"),
    Refusal("kernel larger by one, then s and c", "2c9-2s-2c1", EMPTY_OR_ONE, "cnnff.m:11"),
    Refusal(
        "second kernel larger by one",
        "2c3-2s-2c4",
        "operator +: nonconformant arguments (op1 is 3x3x4, op2 is 0x0)",
        "cnnbp.m:32",
    ),
    Refusal(
        "kernel larger by two",
        "2c10",
        "operator *: nonconformant arguments (op1 is 3x2, op2 is 0x4)",
        "cnnff.m:37",
    ),
    Refusal(
        "kernel larger by three",
        "2c11",
        "operator *: nonconformant arguments (op1 is 3x8, op2 is 0x4)",
        "cnnff.m:37",
    ),
    Refusal(
        "kernel larger in one direction",
        "2c11",
        "operator -: nonconformant arguments (op1 is 11x11, op2 is 0x0)",
        "cnnapplygrads.m:6",
        size=(8, 20, 4),
    ),
    Refusal(
        "scale of a half",
        (INPUT, {"type": "s", "scale": 0.5}),
        "conversion of 0.5 to octave_idx_type value failed",
        "cnnff.m:24",
    ),
    Refusal(
        "first layer c",
        ({"type": "c", "outputmaps": 2, "kernelsize": 3}, {"type": "s", "scale": 2}),
        "operator *: nonconformant arguments (op1 is 3x18, op2 is 16x4)",
        "cnnff.m:37",
    ),
    Refusal(
        "too few targets",
        "2c3-2s",
        "operator -: nonconformant arguments (op1 is 3x4, op2 is 3x3)",
        "cnnbp.m:5",
        y=lambda y: y[:, :3],
    ),
    Refusal(
        "uint8 targets",
        "2c3-2s",
        "binary operator '*' not implemented for 'matrix' by 'uint8 matrix' operations",
        "cnnbp.m:11",
        y=lambda y: y.astype(np.uint8),
    ),
    Refusal(
        "int16 targets",
        "2c3-2s",
        "binary operator '*' not implemented for 'matrix' by 'int16 matrix' operations",
        "cnnbp.m:11",
        y=lambda y: y.astype(np.int16),
    ),
    Refusal(
        "uint8 targets, single images",
        "2c3-2s",
        "binary operator '*' not implemented for 'matrix' by 'uint8 matrix' operations",
        "cnnbp.m:11",
        x=lambda x: x.astype(np.float32),
        y=lambda y: y.astype(np.uint8),
    ),
    Refusal(
        "integer features",
        "",
        "binary operator '*' not implemented for 'matrix' by 'uint8 matrix' operations",
        "cnnff.m:37",
        x=lambda x: (255 * x).astype(np.uint8),
    ),
    Refusal(
        "four dimensions",
        "2c3-2s",
        "operator -: nonconformant arguments (op1 is 1x4, op2 is 1x3)",
        "cnnff.m:11",
        size=(8, 8, 4, 2),
    ),
    Refusal(
        "alpha missing",
        "2c3-2s",
        "structure has no member 'alpha'",
        "cnnapplygrads.m:6",
        opts={"batchsize": 2, "numepochs": 1},
    ),
]


@pytest.mark.parametrize("case", STEP, ids=lambda case: case.name)
def test_port_refuses_a_step(case):
    assert_port_refuses(step_in_port, case)


@pytest.mark.parametrize("case", STEP, ids=lambda case: case.name)
def test_original_refuses_the_same_step(original_session, case):
    assert_original_refuses_step(original_session, case)

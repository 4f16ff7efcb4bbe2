"""What cnnsetup refuses, on both sides.

Each row states the whole net, the stage that fails, and what Octave says there. The port's side
runs everywhere; the original's wherever it is at hand.
"""

import numpy as np
import pytest

from both_sides.refusals import (
    INPUT,
    Refusal,
    assert_original_refuses_step,
    assert_port_refuses,
    step_in_port,
)

STEP = [
    Refusal(
        "scale does not divide",
        "2c5-5s",
        "Layer 3 size must be integer. Actual: 4.8         4.8",
        "cnnsetup.m:9",
        size=(28, 28, 4),
    ),
    Refusal(
        "scale does not divide one side",
        "2c3-3s",
        "Layer 3 size must be integer. Actual: 2.3333      3.3333",
        "cnnsetup.m:9",
        size=(9, 12, 4),
    ),
    Refusal(
        "scale does not divide, sizes apart",
        "2c3-3s",
        "Layer 3 size must be integer. Actual: 333.6667      3.333333",
        "cnnsetup.m:9",
        size=(1003, 12, 2),
    ),
    Refusal(
        "scale does not divide a negative size",
        "2c8-2s",
        "Layer 3 size must be integer. Actual: -1.5         2.5",
        "cnnsetup.m:9",
        size=(4, 12, 4),
    ),
    Refusal(
        "rectangular kernel",
        (INPUT, {"type": "c", "outputmaps": 2, "kernelsize": np.array([5.0, 3.0])}),
        "for x^y, only square matrix arguments are permitted and one argument must be scalar."
        "  Use .^ for elementwise power.",
        "cnnsetup.m:16",
    ),
    Refusal(
        "kernel of 2.5",
        (INPUT, {"type": "c", "outputmaps": 2, "kernelsize": 2.5}),
        "conversion of 2.5 to int64_t value failed",
        "cnnsetup.m:20",
    ),
    Refusal(
        "scale of nothing",
        (INPUT, {"type": "s", "scale": 0}),
        "out of memory or dimension too large for Octave's index type",
        "cnnsetup.m:35",
    ),
    Refusal(
        "scale missing", (INPUT, {"type": "s"}), "structure has no member 'scale'", "cnnsetup.m:8"
    ),
    Refusal(
        "outputmaps missing",
        (INPUT, {"type": "c", "kernelsize": 3}),
        "structure has no member 'outputmaps'",
        "cnnsetup.m:16",
    ),
    Refusal(
        "no images",
        "2c3-2s",
        "x(_,_,1): out of bound 0 (dimensions are 8x8x0)",
        "cnnsetup.m:4",
        x=lambda x: x[:, :, :0],
    ),
]


@pytest.mark.parametrize("case", STEP, ids=lambda case: case.name)
def test_port_refuses_a_step(case):
    assert_port_refuses(step_in_port, case)


@pytest.mark.parametrize("case", STEP, ids=lambda case: case.name)
def test_original_refuses_the_same_step(original_session, case):
    assert_original_refuses_step(original_session, case)

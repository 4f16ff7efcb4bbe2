"""Odd alpha, batchsize and numepochs, on both sides.

Each row states what Octave says and where, or None where it goes through; the original's side is
run wherever it is at hand.
"""

import numpy as np
import pytest

from both_sides.functions import assert_same_outcome
from both_sides.programs import (
    NO_RANGE,
    NOTHING,
    OPTS,
    ROW_OF_NOTHING,
    TRAINING,
    TRUE,
    Program,
    nonconformant,
    run_in_octave,
    run_in_port,
)

ROWS = {
    "alpha": [
        ([[2.0, 3.0]], (nonconformant("*", "1x2", "3x3"), "cnnapplygrads.m:6")),
        ([[2.0], [3.0]], (nonconformant("*", "2x1", "3x3"), "cnnapplygrads.m:6")),
        ([[2.0, 2.0]], (nonconformant("*", "1x2", "3x3"), "cnnapplygrads.m:6")),
        ([[1.0, 1.0], [1.0, 1.0]], (nonconformant("*", "2x2", "3x3"), "cnnapplygrads.m:6")),
        (NOTHING, (nonconformant("*", "0x0", "3x3"), "cnnapplygrads.m:6")),
        (ROW_OF_NOTHING, (nonconformant("*", "1x0", "3x3"), "cnnapplygrads.m:6")),
        (np.nan, None),
        (np.inf, None),
        (-np.inf, None),
        (0, None),
        (-1, None),
        (-2, None),
        (2.5, None),
        (1.5, None),
        ([[2.0, 2.0, 2.0]], (nonconformant("+", "6x6x2", "1x3"), "cnnff.m:17")),
        (TRUE, None),
        ([[4.0, 0.0]], (nonconformant("*", "1x2", "3x3"), "cnnapplygrads.m:6")),
        ([[2.0], [0.0]], (nonconformant("*", "2x1", "3x3"), "cnnapplygrads.m:6")),
        (4 / 3, None),
    ],
    "batchsize": [
        ([[2.0, 3.0]], (nonconformant("/", "1x1", "1x2"), "cnntrain.m:3")),
        ([[2.0], [3.0]], ("numbatches not integer", "cnntrain.m:5")),
        ([[2.0, 2.0]], (nonconformant("/", "1x1", "1x2"), "cnntrain.m:3")),
        ([[1.0, 1.0], [1.0, 1.0]], (nonconformant("/", "1x1", "2x2"), "cnntrain.m:3")),
        (NOTHING, (nonconformant("/", "1x1", "0x0"), "cnntrain.m:3")),
        (ROW_OF_NOTHING, (nonconformant("/", "1x1", "1x0"), "cnntrain.m:3")),
        (np.nan, ("numbatches not integer", "cnntrain.m:5")),
        (np.inf, None),
        (-np.inf, None),
        (0, ("numbatches not integer", "cnntrain.m:5")),
        (-1, None),
        (-2, None),
        (2.5, ("numbatches not integer", "cnntrain.m:5")),
        (1.5, ("numbatches not integer", "cnntrain.m:5")),
        ([[2.0, 2.0, 2.0]], (nonconformant("/", "1x1", "1x3"), "cnntrain.m:3")),
        (TRUE, (nonconformant("-", "1x2", "1x3"), "cnnff.m:11")),
        ([[4.0, 0.0]], (nonconformant("/", "1x1", "1x2"), "cnntrain.m:3")),
        ([[2.0], [0.0]], None),
        ([[np.inf], [1.0]], None),
        (4 / 3, (nonconformant("-", "1x2", "1x3"), "cnnff.m:11")),
    ],
    "numepochs": [
        ([[2.0, 3.0]], None),
        ([[2.0], [3.0]], ("horizontal dimensions mismatch (1x8 vs 2x1)", "cnntrain.m:9")),
        ([[2.0, 2.0]], None),
        ([[1.0, 1.0], [1.0, 1.0]], ("horizontal dimensions mismatch (1x8 vs 2x4)", "cnntrain.m:9")),
        (NOTHING, None),
        (ROW_OF_NOTHING, None),
        (np.nan, None),
        (-np.inf, None),
        (0, None),
        (-1, None),
        (-2, None),
        (2.5, None),
        (1.5, None),
        ([[2.0, 2.0, 2.0]], None),
        (TRUE, (NO_RANGE, "cnntrain.m:8")),
        ([[4.0, 0.0]], None),
        ([[2.0], [0.0]], ("horizontal dimensions mismatch (1x8 vs 2x1)", "cnntrain.m:9")),
        (4 / 3, None),
        (2 - 2e-16, None),
        (3 - 1e-15, None),
        (1e300, ("invalid range", "cnntrain.m:8")),
        (np.ones((1, 1, 3)), ("horizontal dimensions mismatch (1x8 vs 2x4)", "cnntrain.m:9")),
    ],
}

CASES = {
    f"{name} {value}".replace("\n", ""): (name, value, says)
    for name, rows in ROWS.items()
    for value, says in rows
}


def program(case):
    name, value, _ = CASES[case]
    value = np.array(value) if isinstance(value, list) else value
    return Program(stages=TRAINING, opts={**OPTS, name: value})


@pytest.mark.parametrize("case", CASES)
def test_port(case):
    outcome, says = run_in_port(program(case)), CASES[case][-1]
    assert outcome == says if says else isinstance(outcome, dict)


@pytest.mark.parametrize("case", CASES)
def test_original(original_session, case):
    theirs, says = run_in_octave(original_session, program(case)), CASES[case][-1]
    if says:
        assert theirs == says
    else:
        assert_same_outcome(theirs, run_in_port(program(case)))


def test_a_batchsize_with_a_half_takes_the_images_that_octave_takes(original_session):
    half = Program(
        stages=TRAINING,
        x=lambda x: x[:, :, [0, 1, 2, 3, 0]],
        y=lambda y: y[:, [0, 1, 2, 3, 0]],
        opts={**OPTS, "batchsize": 2.5},
    )
    assert_same_outcome(run_in_octave(original_session, half), run_in_port(half))

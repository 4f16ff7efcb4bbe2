"""Odd outputmaps, kernelsize and scale, on both sides.

Each row states what Octave says and where, or None where it goes through; the original's side is
run wherever it is at hand.
"""

import numpy as np
import pytest

from both_sides.functions import assert_same_outcome
from both_sides.programs import (
    NO_RANGE,
    NOTHING,
    ROW_OF_NOTHING,
    TRUE,
    Program,
    nonconformant,
    run_in_octave,
    run_in_port,
)

SQUARE = (
    "for x^y, only square matrix arguments are permitted and one argument must be scalar."
    "  Use .^ for elementwise power."
)
NO_POWER = "binary operator '^' not implemented for 'int8 matrix' by 'scalar' operations"
TOO_LARGE = "out of memory or dimension too large for Octave's index type"
NO_NUMBER = "octave_base_value::int64_value (): wrong type argument 'matrix'"
NO_MAPS = "structure has no member 'a'"


ROWS = {
    "outputmaps": [
        ([[2.0, 3.0]], (nonconformant("/", "1x1", "1x2"), "cnnsetup.m:20")),
        ([[2.0], [3.0]], (nonconformant("*", "3x3", "1x2"), "cnnsetup.m:20")),
        ([[2.0, 2.0]], (nonconformant("/", "1x1", "1x2"), "cnnsetup.m:20")),
        ([[1.0, 1.0], [1.0, 1.0]], (nonconformant("/", "1x1", "2x2"), "cnnsetup.m:20")),
        (NOTHING, (NO_NUMBER, "cnnsetup.m:35")),
        (ROW_OF_NOTHING, (NO_NUMBER, "cnnsetup.m:35")),
        (
            np.nan,
            (
                "net(nan): subscripts must be either integers 1 to (2^63)-1 or logicals",
                "cnnsetup.m:20",
            ),
        ),
        (-np.inf, (NO_MAPS, "cnnff.m:32")),
        (0, (NO_MAPS, "cnnff.m:32")),
        (-1, (NO_MAPS, "cnnff.m:32")),
        (-2, (NO_MAPS, "cnnff.m:32")),
        (2.5, ("conversion of 22.5 to int64_t value failed", "cnnsetup.m:35")),
        (1.5, ("conversion of 13.5 to int64_t value failed", "cnnsetup.m:35")),
        ([[2.0, 2.0, 2.0]], (nonconformant("/", "1x1", "1x3"), "cnnsetup.m:20")),
        (1e300, ("invalid range", "cnnsetup.m:17")),
        (TRUE, (NO_RANGE, "cnnsetup.m:17")),
    ],
    "kernelsize": [
        ([[2.0, 3.0]], (SQUARE, "cnnsetup.m:16")),
        ([[2.0], [3.0]], (SQUARE, "cnnsetup.m:16")),
        ([[2.0, 2.0]], (SQUARE, "cnnsetup.m:16")),
        ([[1.0, 1.0], [1.0, 1.0]], (nonconformant("/", "1x1", "2x2"), "cnnsetup.m:20")),
        (NOTHING, (nonconformant("-", "1x2", "0x0"), "cnnsetup.m:15")),
        (ROW_OF_NOTHING, (nonconformant("-", "1x2", "1x0"), "cnnsetup.m:15")),
        (np.nan, ("conversion of nan to int64_t value failed", "cnnsetup.m:20")),
        (np.inf, (TOO_LARGE, "cnnsetup.m:20")),
        (-np.inf, (TOO_LARGE, "cnnsetup.m:20")),
        (0, ("Layer 3 size must be integer. Actual: 4.5         4.5", "cnnsetup.m:9")),
        (-1, (TOO_LARGE, "cnnsetup.m:20")),
        (-2, (TOO_LARGE, "cnnsetup.m:20")),
        (2.5, ("conversion of 2.5 to int64_t value failed", "cnnsetup.m:20")),
        (1.5, ("conversion of 1.5 to int64_t value failed", "cnnsetup.m:20")),
        ([[2.0, 2.0, 2.0]], (nonconformant("-", "1x2", "1x3"), "cnnsetup.m:15")),
        (np.ones((1, 2), np.int8), (NO_POWER, "cnnsetup.m:16")),
        (TRUE, None),
    ],
    "scale": [
        ([[2.0, 3.0]], ("Layer 3 size must be integer. Actual: 2.3077", "cnnsetup.m:9")),
        ([[2.0], [3.0]], (nonconformant("/", "1x2", "2x1"), "cnnsetup.m:8")),
        ([[2.0, 2.0]], ("Layer 3 size must be integer. Actual: 3", "cnnsetup.m:9")),
        (
            [[1.0, 1.0], [1.0, 1.0]],
            ("Layer 3 size must be integer. Actual: 3           3", "cnnsetup.m:9"),
        ),
        (NOTHING, (nonconformant("/", "1x2", "0x0"), "cnnsetup.m:8")),
        (ROW_OF_NOTHING, (nonconformant("/", "1x2", "1x0"), "cnnsetup.m:8")),
        (np.nan, ("Layer 3 size must be integer. Actual: NaN  NaN", "cnnsetup.m:9")),
        (np.inf, ("conversion of inf to octave_idx_type value failed", "cnnff.m:24")),
        (-np.inf, ("conversion of -inf to octave_idx_type value failed", "cnnff.m:24")),
        (0, (TOO_LARGE, "cnnsetup.m:35")),
        (
            -1,
            (
                "z(0,_,_): subscripts must be either integers 1 to (2^63)-1 or logicals",
                "cnnff.m:25",
            ),
        ),
        (-2, ("z(1,_,_): out of bound 0 (dimensions are 0x0)", "cnnff.m:25")),
        (2.5, ("Layer 3 size must be integer. Actual: 2.4         2.4", "cnnsetup.m:9")),
        (1.5, ("conversion of 1.5 to octave_idx_type value failed", "cnnff.m:24")),
        ([[2.0, 2.0, 2.0]], (nonconformant("/", "1x2", "1x3"), "cnnsetup.m:8")),
        (TRUE, (NO_RANGE, "cnnff.m:25")),
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
    convolution = {"type": "c", "outputmaps": 2, "kernelsize": 3}
    subsampling = {"type": "s", "scale": 2}
    (subsampling if name == "scale" else convolution)[name] = value
    return Program(layers=({"type": "i"}, convolution, subsampling))


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

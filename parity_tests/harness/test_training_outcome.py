"""What the report says of trainings on real images."""

from dataclasses import replace

import numpy as np
import pytest

from dltparity.cases.standard import standard
from dltparity.comparison.training_outcome import outcome
from dltparity.report.training import render
from dltparity.traces.recording import Digest

DIGITS = next(case for case in standard() if case.name == "digits")
REFERENCE = {"test.er": np.array([[0.5]]), "test.bad": np.array([[1.0, 4.0]])}


def port(bad):
    """A trace with the same test error."""
    return REFERENCE | {"test.bad": np.array([bad])}


@pytest.mark.parametrize(
    ("bad", "count", "same"), [([1.0, 4.0], 2, "yes"), ([1.0, 5.0], 2, "no"), ([1.0], 1, "no")]
)
def test_the_misclassified_sets_are_compared(bad, count, same):
    found = outcome(DIGITS, REFERENCE, port(bad))
    heading, table = render(
        [{"name": "digits", "reference": "acnn", "engine": "compiled", "training": found}]
    )
    assert heading == "### Trained on real images"
    cells = [cell.strip() for cell in table.splitlines()[-1].split("|")[1:-1]]
    training = "1500 images, 5 epoch(s), batches of 10"
    errors, counts = ["50.00%"] * 2, ["2 of 297", f"{count} of 297"]
    sides = ["this project's .m files", "compiled"]
    assert cells == ["digits", *sides, training, *errors, *counts, same]


def test_without_a_result_there_is_nothing_to_say():
    digest = Digest("float64", (1, 900), "", np.array([0]), np.array([1.0]))
    assert outcome(DIGITS, REFERENCE, {}) is None
    assert outcome(DIGITS, REFERENCE | {"test.bad": digest}, REFERENCE) is None
    assert outcome(replace(DIGITS, source="random"), REFERENCE, REFERENCE) is None
    assert render([{"training": None}]) == []

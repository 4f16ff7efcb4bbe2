"""With the toolbox's layers this project's own .m files give the original's bits."""

from functools import cache

import pytest

from dltparity import machine
from dltparity.cases.standard import standard
from dltparity.comparison.rows import compare
from dltparity.paths import matlab_ref
from dltparity.traces import recording
from dltparity.traces.octave import octave_trace

CASES = [case for case in standard() if case.source == "random"]


@pytest.fixture(scope="module")
def acnn(acnn_session):
    """What gives the trace of a case in the acnn files."""
    return cache(lambda case: octave_trace(acnn_session, "acnn", case))


def assert_same(case, original, ours):
    """Demand the original's bits in every field."""
    rows = compare(original, ours)
    assert sum(row.values for row in rows) > 1000
    differing = {row.field for row in rows if not row.same}
    # One output: cnntest compares a maximum over all images, acnntest each image with a threshold.
    assert differing == ({"test.er", "test.bad"} if case.classes == 1 else set())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_field_of_every_standard_case(original_session, acnn, case):
    assert_same(case, octave_trace(original_session, "cnn", case), acnn(case))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_field_of_every_recording_of_the_original(acnn, case):
    original, made = recording.load(matlab_ref() / "recordings" / f"{case.name}.npz")
    if made["libm_fingerprint"] != machine.libm_fingerprint():
        pytest.skip("exp has other bits here than where the recordings were made")
    assert_same(case, original, acnn(case))

"""The compiled engine against Octave itself, without the line-by-line functions between them."""

import pytest

from dltparity.cases.random_acnn import random_acnn
from dltparity.cases.random_cnn import random_case
from dltparity.comparison.acnn_rows import compare_acnn
from dltparity.comparison.rows import compare
from dltparity.traces import acnn, port
from dltparity.traces.octave import octave_trace


@pytest.mark.parametrize("number", range(10))
def test_random_nets_of_the_acnn_functions_have_octaves_bits(acnn_session, number):
    case = random_acnn(number)
    theirs, ours = acnn.octave_trace(acnn_session, case), acnn.port_trace(case, engine="auto")
    assert len(ours) > 20
    assert [row for row in compare_acnn(theirs, ours).values() if not row.same] == []


@pytest.mark.original
@pytest.mark.parametrize("number", range(6))
def test_random_nets_of_the_toolbox_have_octaves_bits(original_session, number):
    case = random_case(number)
    theirs = octave_trace(original_session, "cnn", case)
    ours = port.port_trace(case, engine="auto")
    stages = {"setup", "ff", "bp", "apply", "train", "trained", "test"}
    assert {path.split(".")[0] for path in ours} == stages
    assert [row for row in compare(theirs, ours) if not row.same] == []

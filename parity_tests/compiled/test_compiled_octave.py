"""The compiled engine against Octave itself, without the line-by-line functions between them."""

import numpy as np
import pytest

from dltcnn import compiled
from dltparity.cases.random_acnn import random_acnn
from dltparity.cases.random_cnn import random_case
from dltparity.comparison.acnn_rows import compare_acnn
from dltparity.comparison.rows import compare
from dltparity.traces import acnn, port
from dltparity.traces.octave import octave_trace

NAMES = ("ff", "bp", "train", "test")


@pytest.mark.parametrize("number", range(10))
def test_random_nets_of_the_acnn_functions_have_octaves_bits(monkeypatch, acnn_session, number):
    case = random_acnn(number)
    for name in NAMES:
        monkeypatch.setattr(acnn, f"acnn{name}", getattr(compiled, f"acnn{name}"))
    theirs, ours = acnn.octave_trace(acnn_session, case), acnn.port_trace(case)
    assert len(ours) > 20
    assert [row for row in compare_acnn(theirs, ours).values() if not row.same] == []


@pytest.mark.original
@pytest.mark.parametrize("number", range(6))
def test_random_nets_of_the_toolbox_have_octaves_bits(monkeypatch, original_session, number):
    case = random_case(number)
    for name in NAMES[:2]:
        monkeypatch.setattr(port, f"cnn{name}", getattr(compiled, f"cnn{name}"))
    theirs = octave_trace(original_session, "cnn", case)
    monkeypatch.setattr(port, "training", training)
    ours = port.port_trace(case, compiled.cnntest)
    assert {path.split(".")[0] for path in ours} == {
        "setup",
        "ff",
        "bp",
        "apply",
        "trained",
        "test",
    }
    # Only the line-by-line training can be photographed after every batch.
    theirs = {path: value for path, value in theirs.items() if not path.startswith("train.")}
    assert [row for row in compare(theirs, ours) if not row.same] == []


def training(net, case, rng, test):
    """Train and test."""
    opts = port.Opts(alpha=case.alpha, batchsize=case.batchsize, numepochs=case.epochs)
    net = compiled.cnntrain(net, case.x, case.y, opts, rng, verbose=False)
    er, bad = test(net, case.test_x, case.test_y)
    return port.trained(net, er, np.asarray(bad))

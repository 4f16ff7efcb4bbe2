"""dltparity engines --live: the compiled engine against Octave."""

import json
from dataclasses import replace

import numpy as np
import pytest

from dltparity.cli import main
from dltparity.engines import campaign, cases, live
from dltparity.exit_codes import BROKEN, KEPT, MISSING_REFERENCE
from dltparity.original import cache
from dltparity.traces import acnn


@pytest.mark.original
def test_every_kind_of_net_is_compared_with_octave(capsys):
    assert main(["engines", "--nets", "6", "--live", "6", "--json", "--quiet"]) == KEPT
    found = json.loads(capsys.readouterr().out)
    assert found["octave"] == len(campaign.KINDS) == 6 and found["octave_values"] > 1000


@pytest.mark.original
def test_what_differs_from_octave_alone_breaks_it(monkeypatch, capsys):
    made = acnn.port_trace

    def off_by_a_bit(case, engine):
        found = made(case, engine)
        found["trained.ffW"] = np.nextafter(found["trained.ffW"], 2)
        return found

    monkeypatch.setattr(acnn, "port_trace", off_by_a_bit)
    assert main(["engines", "--nets", "1", "--live", "1", "--quiet"]) == BROKEN
    assert "in Octave trained.ffW" in capsys.readouterr().out
    monkeypatch.setattr(campaign, "compared", lambda case, threads: ["of the engines"])
    assert main(["engines", "--nets", "1", "--live", "1", "--quiet", "--json"]) == BROKEN
    (failing,) = json.loads(capsys.readouterr().out)["failing"]  # one net, however it differs
    assert failing["different"][0] == "of the engines" and len(failing["different"]) > 1


def test_without_the_original_no_net_is_drawn(monkeypatch, capsys):
    monkeypatch.setattr(cache, "original", lambda: None)
    assert main(["engines", "--nets", "1", "--live", "1"]) == MISSING_REFERENCE
    shown = capsys.readouterr()
    assert "the original was asked for and is not in the cache" in shown.err
    assert not shown.out and "net/s" not in shown.err


def test_a_net_that_octave_refuses_is_different(acnn_session):
    case = cases.acnn(1)
    broken = replace(case, drawn=replace(case.drawn, y=case.y[:, :0]))
    assert live.compared(broken, acnn_session)[1][0].startswith("refused: ")

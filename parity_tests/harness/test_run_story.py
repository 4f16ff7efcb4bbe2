"""The head of a report says no more than was measured."""

from dltparity.equations.measure import NOT_RUN
from dltparity.report.run_story import story

EQUATIONS = {
    "oracles": ["complex step", "autograd", "course"],
    "rows": [
        {"verdict": "pass", "oracles": {"complex step": 1e-16, "autograd": NOT_RUN}},
        {"verdict": "pass", "oracles": {"complex step": 0.0}},
    ],
}


def head(equations):
    content = {"verdict": "pass", "cases": [], "totals": {}, "provenance": {}}
    return " ".join(story({**content, "equations": equations}).sure)


def test_an_oracle_that_did_not_run_is_not_said_to_agree():
    assert "in other ways too (complex-step derivatives)." in head(EQUATIONS)
    EQUATIONS["rows"][1]["oracles"]["autograd"] = 1e-15
    assert "(complex-step derivatives, PyTorch's autograd)." in head(EQUATIONS)

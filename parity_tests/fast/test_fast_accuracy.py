"""The quick engine's promise: a step's error is of the size of the line-by-line port's."""

import re
from unittest.mock import patch

import numpy as np
import pytest

from dltcnn import Net, OctaveRandom, cnnsetup
from dltcnn.fast import batch, block
from dltparity.cases.shorthand import build
from dltparity.cases.standard import EXAMPLE, Case
from dltparity.checks import fast_accuracy
from dltparity.cli import main
from dltparity.exit_codes import BROKEN, KEPT, WRONG_REQUEST

EXAMPLES = [
    Case("example", EXAMPLE, images=50, batchsize=50, x_class=x_class)
    for x_class in ("float64", "float32")
]


@pytest.mark.parametrize("shift", [0.0, -1.3, 1.3, -8.0, 8.0, -30.0])
def test_a_step_is_as_accurate_as_the_line_by_line_port(shift):
    """Biases far from zero show what a form of the sigmoid, or an order of sums, is worth."""
    entries = [
        fast_accuracy.judge(case, shift)[0] for case in [*EXAMPLES, *fast_accuracy.random_nets(30)]
    ]
    assert not [entry for entry in entries if entry["verdict"] == "fail"]


@pytest.mark.parametrize("layers", ["2c3-2s", "2c3-8s", "2c3-2s-2c3-2s"])
@pytest.mark.parametrize(("cls", "bias"), [("float64", -706), ("float32", -86.5)])
def test_a_step_is_as_accurate_near_the_smallest_numbers(layers, cls, bias):
    """Outputs near zero against targets of one leave deltas at the end of the range."""
    case = Case("saturated", layers, 10, 10, 3, images=4, batchsize=4, x_class=cls)
    net = cnnsetup(Net(build(case.spec)), case.x, case.y, OctaveRandom(1))
    net.ffb[...] = bias
    entry, _ = fast_accuracy.judge_step(case, net, case.x, np.ones_like(case.y))
    assert entry["verdict"] == "pass"


class NumpyWith:
    """The module numpy with one function in another form."""

    def __init__(self, **functions):
        self.functions = functions

    def __getattr__(self, name):
        return self.functions.get(name) or getattr(np, name)


def through_tanh(odds, a, out):
    """The sigmoid odds / a as (1 + tanh(z / 2)) / 2, with that form's rounding."""
    tanh = 2 * (odds / a) - 1
    return np.divide(1 + tanh, 2, out=out)


def bias_first(T, strips, out):
    """The products with the bias as the first term of each sum, taken out again exactly."""
    total = np.full_like(out, 8)
    for row, column in enumerate(T.T):
        total += column[:, None] * strips[:, None, row]
    return np.subtract(total, 8, out=out)


@pytest.mark.parametrize("fault", [{"divide": through_tanh}, {"matmul": bias_first}])
def test_a_less_accurate_form_breaks_the_promise(fault):
    wrong = NumpyWith(**fault)
    forward = block.Block.forward

    def broken(self):
        with patch.object(block, "np", wrong):
            return forward(self)

    with patch.object(block.Block, "forward", broken):
        entries = [fast_accuracy.judge(case, -8.0)[0] for case in EXAMPLES]
    assert [entry["verdict"] for entry in entries] == ["fail", "fail"]


SMALL_STEPS = Case(
    *("small steps", "2c3-2s", 8, 8, 3),
    **{"images": 500, "batchsize": 500, "x_class": "float32", "alpha": 1e-38},
)


def test_small_learning_rates_keep_their_digits():
    assert fast_accuracy.judge(SMALL_STEPS)[0]["verdict"] == "pass"


def test_a_less_accurate_update_breaks_the_promise():
    def update(self, gradient, images):
        gradient *= self.alpha / images  # a subnormal number here
        self.weights.vector -= gradient

    with patch.object(batch.Trainer, "update", update):
        assert fast_accuracy.judge(SMALL_STEPS)[0]["field"].startswith("train.")
        assert fast_accuracy.judge(SMALL_STEPS)[0]["verdict"] == "fail"


def test_the_command_judges_standard_and_random_nets(capsys):
    assert main(["quick", "--nets", "3"]) == KEPT
    text = capsys.readouterr().out
    assert re.search(r"\*\*PASS\.\*\* One step of \d+ nets, [\d,]+ values: 0 nets break", text)
    assert "test error" in text and "| `dffW`" in text


def test_the_command_fails_with_the_promise(capsys, monkeypatch):
    epoch = fast_accuracy.judge(EXAMPLES[0])[0] | {
        "source": "digits",
        "images": {"train": 1, "test": 1},
        "test_error": {"exact": 0, "fast": 0},
    }
    monkeypatch.setattr(fast_accuracy, "epoch", lambda source: epoch)
    monkeypatch.setattr(fast_accuracy, "_standard", lambda: EXAMPLES)
    plain = fast_accuracy.cnnff

    def off(net, x, engine="exact"):
        net = plain(net, x, engine=engine)
        net.fv = net.fv * (1 + 1e-9) if engine == "fast" else net.fv
        return net

    monkeypatch.setattr(fast_accuracy, "cnnff", off)
    assert main(["quick", "--nets", "0"]) == BROKEN
    assert re.search(r"\*\*FAIL\.\*\*.*\n- \S+ \(.*fv", capsys.readouterr().out)


def test_a_negative_number_of_nets_is_refused(capsys):
    assert main(["quick", "--nets", "-1"]) == WRONG_REQUEST
    assert "expected 0 or more" in capsys.readouterr().err

"""Callbacks, schedules, rL that goes on, and what is shown."""

import io
import sys

import numpy as np
import pytest

import dltcnn
from dltcnn import OctaveRandom
from dltcnn.training import progress
from dltcnn.training.families import ACNN, CNN
from dltcnn.training.steps import LineByLine
from dltcnn.value_semantics import Doors
from training.trainings import (
    BATCHES,
    EPOCHS,
    acnn_case,
    assert_same_bits,
    bits,
    cnn_case,
    line_by_line,
    options,
)

FAMILIES = {"cnn": (dltcnn.cnntrain, cnn_case), "acnn": (dltcnn.acnntrain, acnn_case)}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_callback_sees_each_batch_and_changes_nothing(family):
    train, given = FAMILIES[family]
    net, x, y = given()
    seen, nets = [], []

    def look(now, epoch, batch):
        seen.append((epoch, batch))
        nets.append(now)
        now.ffW[:] = 0
        now.rL = None

    trained = train(net, x, y, options(), OctaveRandom(5), False, callback=look)
    assert seen == [(e, b) for e in range(EPOCHS) for b in range(BATCHES)]
    assert_same_bits(trained, line_by_line(net, x, y, options(), OctaveRandom(5)))
    assert not any(now.ffW.any() for now in nets)  # each its own


@pytest.mark.parametrize("family", FAMILIES)
def test_a_look_at_a_net_copies_nothing_that_its_step_has_made(monkeypatch, family):
    rule = {"cnn": CNN, "acnn": ACNN}[family]
    net, x, y = FAMILIES[family][1]()
    steps = LineByLine(rule, net, rule.batches(net, x, y, options()))
    copied = []

    def apart(doors, array):
        left = leave(doors, array)
        copied[-1] += left is not array
        return left

    leave = Doors._apart
    monkeypatch.setattr(Doors, "_apart", apart)
    for _ in range(30):  # objects of later steps lie where earlier ones have lain
        copied.append(0)
        steps.step(np.arange(4), 0, 4, options(), True)
        assert steps.net is steps.net
    assert set(copied) == {copied[0]}


@pytest.mark.parametrize("given", [(2,), (1, 1), (2, 1)], ids=str)
def test_several_channels_and_single_images_go_through_the_loop(given):
    net, x, y = acnn_case(*given)
    seen = []
    dltcnn.acnntrain(
        *(net, x, y, options(numepochs=1), OctaveRandom(5), False),
        callback=lambda now, epoch, batch: seen.append(now.o.shape[1]),
    )
    assert sum(seen) == y.shape[1]


@pytest.mark.parametrize("engine", ["lines", "auto"])
@pytest.mark.parametrize("family", FAMILIES)
def test_the_nets_are_those_of_shorter_trainings(family, engine):
    train, given = FAMILIES[family]
    net, x, y = given()
    nets = []
    train(
        *(net, x, y, options(), OctaveRandom(5), False),
        callback=lambda now, epoch, batch: nets.append(now),
        engine=engine,
    )
    after_two = train(net, x, y, options(numepochs=2), OctaveRandom(5), False, engine=engine)
    now = nets[2 * BATCHES - 1]
    weights = [path for path in bits(now) if path.split(".")[-1][:2] in ("k[", "b[", "ff", "rL")]
    assert len(weights) > 5
    assert {p: bits(now)[p] for p in weights} == {p: bits(after_two)[p] for p in weights}


@pytest.mark.parametrize("engine", ["lines", "auto"])
@pytest.mark.parametrize("yes", [True, np.True_])
def test_a_callback_ends_the_training_with_true(yes, engine):
    net, x, y = cnn_case()
    seen = []

    def stop(now, epoch, batch):
        seen.append(now.rL)
        return yes if (epoch, batch) == (1, 0) else len(seen)  # a number is no answer

    trained = dltcnn.cnntrain(
        net, x, y, options(), OctaveRandom(5), False, callback=stop, engine=engine
    )
    assert len(seen) == BATCHES + 1
    assert np.array_equal(trained.rL, seen[-1]) and len(trained.rL) == BATCHES + 2


@pytest.mark.parametrize("family", FAMILIES)
def test_a_schedule_gives_each_batch_its_learning_rate(family):
    train, given = FAMILIES[family]
    net, x, y = given()
    rates = {}

    def schedule(epoch, batch):
        return rates.setdefault((epoch, batch), 0.5 / (1 + epoch))

    trained = train(net, x, y, options(alpha=9), OctaveRandom(5), False, schedule=schedule)
    assert len(rates) == EPOCHS * BATCHES
    stepped, rng = net, OctaveRandom(5)
    for epoch in range(EPOCHS):
        opts = options(alpha=0.5 / (1 + epoch), numepochs=1)
        stepped = train(stepped, x, y, opts, rng, False, continue_rL=epoch > 0)
    assert_same_bits(trained, stepped)


def test_both_engines_follow_a_schedule():
    net, x, y = cnn_case()
    one, other = (
        dltcnn.cnntrain(
            *(net, x, y, options(), OctaveRandom(5), False),
            engine=engine,
            schedule=lambda epoch, batch: 1.5**-epoch,
        )
        for engine in ("lines", "compiled")
    )
    assert_same_bits(one, other)
    constant = dltcnn.cnntrain(net, x, y, options(alpha=1), OctaveRandom(5), False)
    assert np.max(abs(constant.ffW - other.ffW)) > 1e-3


@pytest.mark.parametrize("rate", [None, np.nan, "1", True, [1.0]])
def test_what_is_no_learning_rate_is_refused(rate):
    net, x, y = cnn_case()
    with pytest.raises(ValueError, match=r"schedule\(0, 0\) gave .*: expected the learning rate"):
        dltcnn.cnntrain(
            *(net, x, y, options(), OctaveRandom(5), False), schedule=lambda epoch, batch: rate
        )


@pytest.mark.parametrize("cls", [float, np.float32])
def test_rL_goes_on_where_it_is_asked_to(cls):
    net, x, y = cnn_case(cls)
    rng = OctaveRandom(5)
    first = dltcnn.cnntrain(net, x, y, options(numepochs=1), rng, False)
    anew = dltcnn.cnntrain(first, x, y, options(numepochs=2), OctaveRandom(6), False)
    on = dltcnn.cnntrain(
        first, x, y, options(numepochs=2), OctaveRandom(6), False, continue_rL=True
    )
    assert len(anew.rL) == 2 * BATCHES + 1 and len(on.rL) == 3 * BATCHES + 1
    assert np.array_equal(on.rL[: BATCHES + 1], first.rL) and on.rL.dtype == cls
    whole = dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), False)
    second = dltcnn.cnntrain(first, x, y, options(numepochs=2), rng, False, continue_rL=True)
    assert_same_bits(second, whole)


def test_rL_begins_where_the_net_has_none():
    net, x, y = cnn_case()
    one = dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), False, continue_rL=True)
    assert_same_bits(one, line_by_line(net, x, y, options(), OctaveRandom(5)))


@pytest.mark.parametrize("keyword", ["callback", "schedule", "checkpoint"])
def test_options_that_only_the_line_by_line_function_follows_take_no_keywords(keyword, tmp_path):
    net, x, y = cnn_case()
    opts = options(numepochs=np.array([2.0, 5.0]))
    given = {"checkpoint": tmp_path / "file"}.get(keyword, lambda *_: 1.0)
    with pytest.raises(ValueError, match=f"^{keyword} was given with opts=Opts"):
        dltcnn.cnntrain(net, x, y, opts, OctaveRandom(5), False, **{keyword: given})


@pytest.mark.parametrize("family", FAMILIES)
def test_a_line_per_epoch_unless_silenced(family, capsys):
    train, given = FAMILIES[family]
    net, x, y = given()
    train(net, x, y, options(), OctaveRandom(5))
    assert capsys.readouterr() == ("epoch 1/3\nepoch 2/3\nepoch 3/3\n", "")
    train(net, x, y, options(), OctaveRandom(5), verbose=False)
    assert capsys.readouterr() == ("", "")


def test_a_notebook_that_is_only_installed_is_nobody(monkeypatch, capsys):
    """Other packages import ipykernel too."""
    monkeypatch.setitem(sys.modules, "ipykernel", sys)
    assert not progress._is_watched()
    notebooks = type("OutStream", (io.StringIO,), {"__module__": "ipykernel.iostream"})
    monkeypatch.setattr(sys, "stderr", notebooks())
    assert progress._is_watched()


def test_a_bar_where_somebody_sees_it(monkeypatch, capsys):
    monkeypatch.setattr(progress, "_is_watched", lambda: True)
    net, x, y = cnn_case()
    dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5))
    out, err = capsys.readouterr()
    assert out == "" and "epoch 3/3: 100%" in err and "9/9" in err and "loss 0." in err
    monkeypatch.setattr(progress, "tqdm", None)
    dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5))
    assert capsys.readouterr() == ("epoch 1/3\nepoch 2/3\nepoch 3/3\n", "")

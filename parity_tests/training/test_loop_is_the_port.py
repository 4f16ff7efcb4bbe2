"""The loop gives the bits of the functions that it stands beside, in every field."""

import numpy as np
import pytest

from dltcnn import MatlabError, OctaveRandom, Opts, functions
from training.trainings import acnn_case, assert_same_bits, cnn_case, line_by_line, options

CASES = {
    "cnn": (functions.cnntrain, cnn_case, {}),
    "single": (functions.cnntrain, lambda: cnn_case(np.float32), {}),
    "single targets": (functions.cnntrain, lambda: cnn_case(y_class=np.float32), {}),
    "logical images": (functions.cnntrain, lambda: cnn_case(bool), {}),
    "single alpha": (functions.cnntrain, cnn_case, {"alpha": np.float32(0.7)}),
    "half an epoch": (functions.cnntrain, cnn_case, {"numepochs": 2.5}),
    "no epoch": (functions.cnntrain, cnn_case, {"numepochs": 0}),
    "NaN": (functions.cnntrain, cnn_case, {"alpha": np.nan}),
    "an array of epochs": (functions.cnntrain, cnn_case, {"numepochs": np.array([2.0, 5.0])}),
    "acnn": (functions.acnntrain, acnn_case, {}),
    "channels": (functions.acnntrain, lambda: acnn_case(2), {}),
    "one image": (functions.acnntrain, lambda: acnn_case(count=1), {}),
    "one image of channels": (functions.acnntrain, lambda: acnn_case(2, count=1), {}),
    "tanh": (functions.acnntrain, lambda: acnn_case(activation="tanh"), {"batchsize": 3}),
}


@pytest.mark.parametrize("engine", ["lines", "auto"])
@pytest.mark.parametrize("case", CASES)
def test_every_field_has_the_line_by_line_functions_bits(case, engine):
    train, given, changes = CASES[case]
    net, x, y = given()
    one, other = OctaveRandom(5), OctaveRandom(5)
    ours = train(net, x, y, options(**changes), one, verbose=False, engine=engine)
    assert_same_bits(ours, line_by_line(net, x, y, options(**changes), other))
    assert (one.state == other.state).all()


@pytest.mark.parametrize(
    ("train", "given", "opts"),
    [
        *((functions.cnntrain, cnn_case, options(batchsize=n)) for n in (5, 0, 2.5, 1)),
        (functions.cnntrain, cnn_case, Opts(alpha=1, batchsize=4)),
        (functions.cnntrain, cnn_case, Opts(batchsize=4, numepochs=1)),
        (functions.cnntrain, lambda: (*cnn_case()[:2], np.zeros((3, 11))), options()),
        (functions.cnntrain, lambda: (*cnn_case()[:2], np.zeros((2, 12))), options()),
        (functions.acnntrain, acnn_case, options(batchsize=0)),
        (functions.acnntrain, acnn_case, Opts(batchsize=4, numepochs=1)),
        (functions.acnntrain, lambda: (*acnn_case()[:2], np.zeros((3, 10))), options()),
    ],
)
def test_it_refuses_in_the_same_words_at_the_same_line(train, given, opts):
    net, x, y = given()
    with pytest.raises(MatlabError) as theirs:
        line_by_line(net, x, y, opts, OctaveRandom(5))
    with pytest.raises(MatlabError) as ours:
        train(net, x, y, opts, OctaveRandom(5), verbose=False)
    assert (ours.value.message, ours.value.line) == (theirs.value.message, theirs.value.line)
    assert str(ours.value) == str(theirs.value)


def test_nothing_that_was_given_changes_or_is_shared():
    net, x, y = cnn_case()
    before, opts = net.copy(), options()
    trained = functions.cnntrain(net, x, y, opts, OctaveRandom(5), verbose=False)
    assert_same_bits(net, before)
    assert vars(opts) == vars(options())
    given = [net.ffW, net.ffb, x, y]
    assert not any(np.shares_memory(a, b) for a in given for b in (trained.ffW, trained.ffb))
    assert not np.shares_memory(trained.layers[0].a[0], x)
    untouched = functions.cnntrain(net, x, y, options(numepochs=0), OctaveRandom(5), verbose=False)
    assert not np.shares_memory(untouched.ffW, net.ffW)

"""acnnnumgradcheck: it finds nothing where nothing is wrong, and says what is wrong and where."""

import pytest

from acnn_nets import X, Y, mixed, small
from dltcnn import MatlabError, acnnbp, acnnff, acnnnumgradcheck
from dltparity.octave_errors import OctaveError
from dltparity.trace import net_fields


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("penalty", ["l1", "entropy"])
def test_central_differences_agree(penalty, shared):
    net = acnnbp(acnnff(mixed(penalty, shared=shared), X), Y)
    worst = acnnnumgradcheck(net, X, Y)
    assert 0 < worst <= 1e-8


FAULTS = {
    "k{1}{1}(3)": lambda net: net.layers[1].dk[0][0].__setitem__((2, 0), 1),
    "c(5)": lambda net: net.layers[2].dc.__setitem__((1, 1), 1),
    "beta{2}(1)": lambda net: net.layers[3].dbeta.__setitem__(1, 1.0),
    "W(2)": lambda net: net.layers[4].dW.__setitem__((1, 0), 1),
    "ffb(3)": lambda net: net.dffb.__setitem__((2, 0), 1),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_check_says_which_gradient_fails_and_by_how_much(name):
    net = acnnbp(acnnff(mixed(), X), Y)
    FAULTS[name](net)
    with pytest.raises(MatlabError) as error:
        acnnnumgradcheck(net, X, Y)
    assert f"the gradient of {name} is 1, a central difference" in error.value.message
    assert "they differ by" in error.value.message
    assert acnnnumgradcheck(net, X, Y, tolerance=2.0) > 0.5


@pytest.mark.parametrize("name", [None, *FAULTS])
def test_the_reference_checks_the_same_gradients(acnn_session, name):
    net = acnnbp(acnnff(small(), X[:5, :5, :2]), Y[:, :2])
    if name is not None:
        FAULTS[name](net)
    fields = {f"net.{path}": value for path, value in net_fields(net).items()}
    for number, layer in enumerate(net.layers, 1):
        texts = {key: value for key, value in vars(layer).items() if isinstance(value, str)}
        fields |= {f"net.layers{{{number}}}.{key}": value for key, value in texts.items()}
    acnn_session.eval("clear('in');")
    acnn_session.assign("in", fields | {"x": X[:5, :5, :2], "y": Y[:, :2]})
    call = "worst = acnnnumgradcheck(in.net, in.x, in.y, []);"
    if name is None:
        acnn_session.eval(call)
        ours = acnnnumgradcheck(net, X[:5, :5, :2], Y[:, :2])
        assert acnn_session.pull("worst") == ours > 0
    else:
        with pytest.raises(OctaveError) as theirs:
            acnn_session.eval(call)
        with pytest.raises(MatlabError) as ours:
            acnnnumgradcheck(net, X[:5, :5, :2], Y[:, :2])
        assert theirs.value.message == ours.value.message
        assert theirs.value.line == ours.value.line


def test_the_check_needs_gradients():
    with pytest.raises(MatlabError, match="the net has no gradients: run acnnff and acnnbp first"):
        acnnnumgradcheck(mixed(), X, Y)

"""From which statement on gradients are wrong. No Octave is needed."""

from dltparity.toolbox.blame import Setting, first_wrong
from dltparity.toolbox.slopes import Group

SETTINGS = [
    *(Setting("od", "cnnbp.m:10"), Setting("fvd", "cnnbp.m:11")),
    *(Setting("layers{5}.d", "cnnbp.m:20"), Setting("layers{4}.d", "cnnbp.m:26")),
    *(Setting("layers{3}.d", "cnnbp.m:34"), Setting("layers{2}.d", "cnnbp.m:26")),
    *(Setting("layers{2}.dk", "cnnbp.m:44"), Setting("layers{4}.dk", "cnnbp.m:44")),
    *(Setting("layers{4}.db", "cnnbp.m:46"), Setting("dffW", "cnnbp.m:50")),
    Setting("dffb", "cnnbp.m:51"),
]
NAMES = {
    **{"ffb": "dffb", "ffW": "dffW", "layers{4}.b": "layers{4}.db"},
    **{"layers{4}.k": "layers{4}.dk", "layers{2}.b": "layers{2}.db", "layers{2}.k": "layers{2}.dk"},
}


def wording(*wrong):
    groups = [
        Group(name, gradient, verdicts={"L": "wrong" if name in wrong else "right"})
        for name, gradient in NAMES.items()
    ]
    return first_wrong(groups, SETTINGS)


def test_nothing_wrong():
    assert wording() is None


def test_a_bias_alone_is_its_own_statement():
    assert "leads there: cnnbp.m:46 (sets layers{4}.db)" in wording("layers{4}.b", "layers{2}.b")


def test_kernels_alone_are_their_own_statement():
    assert "leads there: cnnbp.m:44 (sets layers{4}.dk)" in wording("layers{4}.k", "layers{2}.k")


def test_both_are_the_deltas():
    text = wording("layers{2}.b", "layers{2}.k")
    assert "leads there: cnnbp.m:34 (sets layers{3}.d), cnnbp.m:26 (sets layers{2}.d)" in text


def test_all_are_the_output():
    assert "leads there: cnnbp.m:10 (sets od)" in wording(*NAMES)


def test_the_output_alone_is_its_own_statements():
    assert "cnnbp.m:50 (sets dffW), cnnbp.m:51 (sets dffb)" in wording("ffb", "ffW")

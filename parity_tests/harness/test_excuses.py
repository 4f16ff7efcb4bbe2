"""What the excuses of the oracle score rest on: a proof for each reason, which is tried."""

import re

import numpy as np
import pytest

from dltcnn import Layer, MatlabError, Net, OctaveRandom
from dltcnn.functions import acnnsetup
from harness.proofs import ACTIVATIONS, PROOFS, TYPES, same_for
from mutation import plan
from mutation.excuses import beyond, excuses


def allowed(text, **fields):
    """Read the names that are allowed out of the words with which another one is refused."""
    layers = fields.pop("layers", [Layer("i")])
    with pytest.raises(MatlabError) as refused:
        acnnsetup(Net(layers, **fields), np.zeros((4, 4, 2)), np.zeros((1, 2)), OctaveRandom(0))
    assert text in str(refused.value)
    return set(re.findall(r"'(\w+)'", str(refused.value).split("expected")[1]))


def with_option(kind, **options):
    layer = Layer(kind, outputmaps=1, kernelsize=1)
    vars(layer).update(options)
    return [Layer("i"), layer]


@pytest.mark.filterwarnings("ignore:acnnsetup does not use")
def test_the_names_that_acnncheck_lets_through_are_those_of_the_proofs():
    assert allowed("activation", activation="x") == set(ACTIVATIONS)
    assert allowed("activation", layers=with_option("c", activation="x")) == set(ACTIVATIONS)
    assert allowed("penalty", layers=with_option("a", penalty="x")) == {"l1", "entropy"}
    assert allowed("normalize", normalize="x") == {"set", "pixel"}
    assert allowed("type", layers=with_option("c", type="x")) == set(TYPES) - {"i"}
    assert allowed("type", layers=with_option("c", type="x")[1:]) == {"i"}


@pytest.fixture(scope="module")
def used():
    """The excuses of mutants that the oracles judge: change -> reason."""
    known = excuses("oracles").items()
    return {change: reason for change, reason in known if plan.knows("oracles", change)}


@pytest.mark.parametrize("start", PROOFS)
def test_a_reason_holds(used, start):
    excused = [change for change, reason in used.items() if reason.startswith(start)]
    assert excused, "no excuse has this reason"
    for change in excused:
        PROOFS[start](change)


def test_every_excuse_has_a_proof(used):
    assert len(used) > 80
    for change, reason in used.items():
        assert sum(reason.startswith(start) for start in PROOFS) == 1, change


def test_a_proof_over_names_fails_for_another_fault(used):
    change = next(c for c in used if c.file == "acnn.acnnactivate")
    with pytest.raises(AssertionError):
        same_for(ACTIVATIONS)(change._replace(after=change.after.replace(">=", "<=")))


def test_excuses_of_one_kind_of_judge_are_none_for_another():
    only = beyond("oracles")
    assert only
    assert only < set(excuses("oracles"))
    assert not only & set(excuses("tests"))
    assert beyond("tests") == set()

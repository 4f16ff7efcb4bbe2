"""Every gradient and every step of the acnn functions against oracles that share no code."""

import re
from functools import lru_cache

import numpy as np
import pytest

from dltcnn.functions import acnnbp, acnnff
from dltparity.cases.random_acnn import random_acnn
from dltparity.equations.oracles import complex_step, direct, extended
from dltparity.equations.oracles.measure import differences
from dltparity.traces.acnn import prepared
from dltparity.traces.trace import net_fields

PROMISED = 1e-12
GRADIENT = re.compile(r"(.*\.)?(dk|db|dbeta|dc|dA|dW|dffW|dffb|d|od|fvd)((\{\d+\})*)$")


@lru_cache
def after_bp(seed):
    """A random case and its net's fields after acnnbp."""
    case = random_acnn(seed)
    net = prepared(case)[0]
    return case, net_fields(acnnbp(acnnff(net, case.x), case.y))


def doubles(count):
    """The first random cases in double, all finite, whose weights A do not underflow."""
    found, seed = [], 0
    while len(found) < count:
        case, fields = after_bp(seed)
        mixes = [value for path, value in fields.items() if path.endswith(".A")]
        plain = np.isfinite(case.x).all() and case.x.dtype == case.y.dtype == float
        if plain and all(mix.all() for mix in mixes):
            found.append(seed)
        seed += 1
    return found


CASES = doubles(16)


@pytest.mark.parametrize("seed", CASES)
def test_every_gradient_agrees_with_complex_steps(seed):
    case, fields = after_bp(seed)
    oracle = complex_step.gradients(case, fields)
    assert {path for path in fields if GRADIENT.match(path)} == oracle.keys()
    found = differences(case, fields, oracle)
    assert not {path: off for path, off in found.items() if not off <= PROMISED}


@pytest.mark.parametrize("seed", CASES)
def test_every_step_agrees_with_its_formula_summed_directly(seed):
    case, fields = after_bp(seed)
    found = differences(case, fields, direct.steps(case, fields))
    gradients = {path for path in fields if GRADIENT.match(path) and fields[path].size}
    assert gradients <= {path for path in found if GRADIENT.match(path)}
    assert not {path: off for path, off in found.items() if not off <= PROMISED}


@pytest.mark.parametrize("seed", CASES)
def test_the_forward_pass_agrees_with_extended_precision(seed):
    case, fields = after_bp(seed)
    found = differences(case, fields, extended.forward(case, fields))
    assert {"o", "L", "fv", "layers{1}.a{1}"} <= found.keys()
    assert not {path: off for path, off in found.items() if not off <= PROMISED}


@pytest.mark.parametrize("seed", CASES[:4])
def test_complex_steps_in_extended_precision_say_the_same(seed):
    case, fields = after_bp(seed)
    found = differences(case, fields, complex_step.gradients(case, fields, wide=True))
    assert not {path: off for path, off in found.items() if not off <= PROMISED}


def test_the_cases_have_every_kind_of_gradient():
    names = {
        GRADIENT.match(path)[2] for s in CASES for path in after_bp(s)[1] if GRADIENT.match(path)
    }
    layers = [layer for seed in CASES for layer in after_bp(seed)[0].layers]
    assert any(layer["type"] == "s" and "trainable" not in layer for layer in layers)
    assert names == {"dk", "db", "dbeta", "dc", "dA", "dW", "dffW", "dffb", "d", "od", "fvd"}


def test_single_precision_agrees_to_single_precision():
    case, fields = after_bp(3)
    assert fields["dffW"].dtype == np.float32
    wide = {path: value.astype(float) for path, value in fields.items()}
    found = differences(case, fields, complex_step.gradients(case, wide))
    worst = max(found.values())
    assert worst <= PROMISED * np.finfo(np.float32).eps / np.finfo(float).eps
    assert worst > PROMISED  # the measure is not blind


@pytest.mark.parametrize("name", ["dk", "db", "dbeta", "dc", "dA", "dW", "dffW", "dffb", "d", "od"])
def test_a_wrong_gradient_is_seen(name):
    for seed in CASES:
        case, fields = after_bp(seed)
        hit = [p for p in fields if GRADIENT.match(p) and GRADIENT.match(p)[2] == name]
        if any(fields[path].any() for path in hit):
            path = max(hit, key=lambda path: np.abs(fields[path]).max(initial=0))
            changed = fields | {path: fields[path] * (1 + 1e-6)}
            found = differences(case, changed, complex_step.gradients(case, fields))
            assert found[path] > PROMISED
            return
    pytest.fail(f"no case has a gradient {name}")

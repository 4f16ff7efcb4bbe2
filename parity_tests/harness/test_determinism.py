"""What the comparison rests on: determinism, the BLAS in use, the original's own test."""

import numpy as np
import pytest

from dltcnn.matlab.operators import mtimes
from dltparity.cases.standard import Case
from dltparity.checks import determinism as soundness
from dltparity.octave import blas_probe as measured_blas
from dltparity.octave.blas import NoReferenceBlas
from dltparity.octave.blas_probe import FUSED, OTHER, SEQUENTIAL
from dltparity.octave.session import Octave
from dltparity.original import cache as upstream
from dltparity.report import determinism as section

CASE = Case("twice", "2c3-2s-2c2", 10, 10, images=6, batchsize=3, special=True, seed=9)


@pytest.fixture(scope="module")
def content():
    return soundness.gather([CASE])


@pytest.mark.octave
def test_both_sides_give_the_same_bits_twice(content):
    rows = content["determinism"]
    assert {row["side"] for row in rows} >= {"Octave, system BLAS", "the port"}
    assert all(row["same"] for row in rows)


@pytest.mark.original
@pytest.mark.octave
def test_the_reference_blas_sums_in_the_promised_order(content):
    digests = {row["side"]: row["digest"] for row in content["determinism"]}
    assert content["blas"]["reference"]["product"] == SEQUENTIAL
    assert content["blas"]["reference"]["axpy"] == SEQUENTIAL
    assert digests["Octave, reference BLAS"] == digests["the port"]


@pytest.mark.original
@pytest.mark.octave
def test_the_original_passes_its_own_gradient_test(content):
    assert content["gradient_test"]["outcome"] == "pass"


@pytest.mark.original
@pytest.mark.octave
def test_its_outcome_is_what_it_says(monkeypatch):
    monkeypatch.setattr(soundness, "_TEST", "cnntest")
    assert "'net' undefined" in soundness.gradient_test(upstream.original())["outcome"]


@pytest.mark.octave
def test_the_section_shows_them(content):
    text = section.render(content)
    assert f"{len(content['determinism'])} of {len(content['determinism'])} pairs" in text
    assert "| system" in text
    rows = [{"side": "s", "case": "c", "digest": "d", "same": False}]
    other = {"determinism": rows, "blas": {}, "gradient_test": None}
    assert "0 of 1 pairs" in section.render(other)
    assert "| NO" in section.render(other)
    assert "was not run" in section.render(other)


def test_other_bits_are_not_the_same():
    assert not soundness._same("s", CASE, ["a", "b"])["same"]


class Session:
    """A session that computes in Python."""

    def __init__(self, product, axpy):
        self._product, self._axpy = product, axpy

    def assign(self, name, values):
        taps = [values["x"][2 - i : 12 - i] for i in range(3)]
        self._found = {
            "product": self._product(values["a"], values["b"]),
            "axpy": measured_blas._sum(taps, values["k"].ravel(), self._axpy),
        }

    def eval(self, code):
        pass

    def fields(self, name):
        return self._found

    def info(self):
        return {"blas": "somebody's\nconfig"}


def half_fused(total, p, q):
    fused = measured_blas._fused(total, p, q)
    fused[::2] = measured_blas._rounded(total, p, q)[::2]
    return fused


@pytest.mark.parametrize(
    ("product", "axpy", "names"),
    [
        (mtimes, measured_blas._rounded, (SEQUENTIAL, SEQUENTIAL)),
        (
            lambda a, b: measured_blas._product(a, b, measured_blas._fused),
            measured_blas._fused,
            (FUSED, FUSED),
        ),
        (lambda a, b: mtimes(a[:, ::-1], b[::-1]), half_fused, (OTHER, OTHER)),
        (np.matmul, lambda t, p, q: t - -(p * q), (None, SEQUENTIAL)),
    ],
)
def test_the_probe_tells_orders_apart(product, axpy, names):
    found = measured_blas.probe(Session(product, axpy))
    assert found["says"] == "somebody's"
    assert found["axpy"] == names[1]
    assert found["product"] == names[0] or names[0] is None


@pytest.mark.octave
def test_without_the_reference_blas_the_section_says_so(monkeypatch):
    opened = Octave.__enter__

    def refuse(self):
        if self._blas == "reference":
            raise NoReferenceBlas("not here")
        return opened(self)

    monkeypatch.setattr(Octave, "__enter__", refuse)
    monkeypatch.setattr(upstream, "original", lambda: None)
    content = soundness.gather([CASE])
    assert content["blas"]["reference"]["says"] == "not here"
    assert content["gradient_test"] is None

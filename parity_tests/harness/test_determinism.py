"""What the comparison rests on: determinism, the BLAS in use, the original's own test."""

import numpy as np
import pytest

from dltcnn.matlab.operators import mtimes
from dltparity.cases.standard import Case
from dltparity.checks import determinism
from dltparity.octave import blas_probe
from dltparity.octave.blas import NoBlas
from dltparity.octave.blas_probe import FUSED, OTHER, SEQUENTIAL
from dltparity.octave.session import Octave
from dltparity.original import cache
from dltparity.report.determinism import render

CASE = Case("twice", "2c3-2s-2c2", 10, 10, images=6, batchsize=3, special=True, seed=9)


@pytest.fixture(scope="module")
def content():
    return determinism.gather([CASE])


@pytest.mark.octave
def test_both_sides_give_the_same_bits_twice(content):
    rows = content["determinism"]
    assert {row["runner"] for row in rows} >= {"Octave, system BLAS", "the port"}
    assert all(row["same"] for row in rows)


@pytest.mark.original
@pytest.mark.octave
def test_the_reference_blas_sums_in_the_promised_order(content):
    digests = {row["runner"]: row["digest"] for row in content["determinism"]}
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
    monkeypatch.setattr(determinism, "_TEST", "cnntest")
    assert "'net' undefined" in determinism.gradient_test(cache.original())["outcome"]


@pytest.mark.octave
def test_the_section_shows_them(content):
    text = render(content)
    assert f"{len(content['determinism'])} of {len(content['determinism'])} pairs" in text
    assert "| system" in text
    rows = [{"runner": "s", "case": "c", "digest": "d", "same": False}]
    other = {"determinism": rows, "blas": {}, "gradient_test": None}
    assert "0 of 1 pairs" in render(other)
    assert "| NO" in render(other)
    assert "was not run" in render(other)


def test_other_bits_are_not_the_same():
    assert not determinism._same("s", CASE, ["a", "b"])["same"]


class Session:
    """A session that computes in Python."""

    def __init__(self, product, axpy):
        self._product, self._axpy = product, axpy

    def give(self, name, values):
        taps = [values["x"][2 - i : 12 - i] for i in range(3)]
        self._found = {
            "product": self._product(values["a"], values["b"]),
            "axpy": blas_probe._sum(taps, values["k"].ravel(), self._axpy),
        }

    def eval(self, code):
        pass

    def fields(self, name):
        return self._found

    def info(self):
        return {"blas": "somebody's\nconfig"}


def half_fused(total, p, q):
    fused = blas_probe._fused(total, p, q)
    fused[::2] = blas_probe._rounded(total, p, q)[::2]
    return fused


@pytest.mark.parametrize(
    ("product", "axpy", "names"),
    [
        (mtimes, blas_probe._rounded, (SEQUENTIAL, SEQUENTIAL)),
        (
            lambda a, b: blas_probe._product(a, b, blas_probe._fused),
            blas_probe._fused,
            (FUSED, FUSED),
        ),
        (lambda a, b: mtimes(a[:, ::-1], b[::-1]), half_fused, (OTHER, OTHER)),
        (np.matmul, lambda t, p, q: t - -(p * q), (None, SEQUENTIAL)),
    ],
)
def test_the_probe_tells_orders_apart(product, axpy, names):
    found = blas_probe.probe(Session(product, axpy))
    assert found["says"] == "somebody's"
    assert found["axpy"] == names[1]
    assert found["product"] == names[0] or names[0] is None


@pytest.mark.octave
def test_without_the_reference_blas_the_section_says_so(monkeypatch):
    opened = Octave.__enter__

    def refuse(self):
        if self._blas == "reference":
            raise NoBlas("not here")
        return opened(self)

    monkeypatch.setattr(Octave, "__enter__", refuse)
    monkeypatch.setattr(cache, "original", lambda: None)
    content = determinism.gather([CASE])
    assert content["blas"]["reference"]["says"] == "not here"
    assert content["gradient_test"] is None

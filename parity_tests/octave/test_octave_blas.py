"""The BLAS that an Octave session runs on."""

import contextlib
import os

import numpy as np
import pytest

from dltparity import scratch
from dltparity.octave import blas
from dltparity.octave.session import NoBlas, Octave
from octave.processes import bits, is_gone, shown

live = pytest.mark.octave


class TestBlas:
    @live
    def test_info_says_what_it_runs_on(self, session):
        info = session.info()
        about = {"version", "blas", "lapack", "host", "core"}
        assert set(info) == about | {"executable", "sha256 of the executable"}
        assert info["version"][0].isdigit()
        assert info["blas"] == "unknown or reference BLAS"
        assert "PACK" in info["lapack"]
        assert "linux" in info["host"]

    @live
    def test_products_have_the_order_of_the_reference_blas(self, session):
        rng = np.random.default_rng(0)
        a, b = rng.standard_normal((40, 70)), rng.standard_normal((70, 30))
        session.give("a", a)
        session.give("b", b)
        session.eval("c = a * b;")
        expected = np.zeros((40, 30))
        for row in range(70):
            expected = expected + a[:, row : row + 1] * b[row]
        assert bits(session.pull("c")) == bits(expected)

    @live
    def test_the_systems_blas_is_not_taken_for_the_reference(self, functions, monkeypatch):
        with Octave(blas="system", paths=[functions]) as session:
            found = session.info()["blas"]
            inherited = os.environ.get("LD_LIBRARY_PATH", "")
            assert shown(session, "getenv('LD_LIBRARY_PATH')") == inherited
        monkeypatch.setattr(blas, "variables", lambda _: {})
        refused = pytest.raises(NoBlas, match="apt install libblas3")
        with contextlib.nullcontext() if "reference" in found else refused, Octave() as session:
            assert session.info()["blas"] == found

    @live
    def test_a_refused_session_leaves_nothing(self, functions, tmp_path, monkeypatch):
        pids = []

        def refuse(name, found):
            pids.append(refused._session._engine.repl.child.pid)
            raise NoBlas(found)

        monkeypatch.setattr(scratch, "_MEMORY", str(tmp_path))
        monkeypatch.setattr(blas, "require", refuse)
        refused = Octave(paths=[functions])
        with pytest.raises(NoBlas, match="unknown or reference BLAS"):
            refused.__enter__()
        assert [is_gone(pid) for pid in pids] == [True]
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        "says", ["OpenBLAS (config: OpenBLAS 0.3.21)", "FlexiBLAS Version 3.3.0\nOpenBLAS", "ATLAS"]
    )
    def test_another_blas_is_refused_with_the_remedy(self, says):
        with pytest.raises(NoBlas, match="apt install libblas3") as caught:
            blas.require("reference", says)
        assert repr(says) in str(caught.value)

    @pytest.mark.parametrize("says", ["unknown or reference BLAS", "FlexiBLAS Version 3.3.0"])
    def test_the_reference_blas_is_taken(self, says):
        blas.require("reference", says)

    def test_the_reference_blas_is_chosen_by_variables(self, tmp_path, monkeypatch):
        monkeypatch.setattr(blas, "_reference_folders", lambda: [tmp_path / "b", tmp_path / "l"])
        monkeypatch.setenv("LD_LIBRARY_PATH", "/elsewhere")
        assert blas.variables("reference") == {
            "FLEXIBLAS": "NETLIB",
            "LD_LIBRARY_PATH": f"{tmp_path}/b:{tmp_path}/l:/elsewhere",
        }
        assert blas.variables("system") == {}

    def test_the_environment_is_put_back(self, monkeypatch):
        monkeypatch.setenv("DLT_KEPT", "old")
        monkeypatch.delenv("DLT_NEW", raising=False)
        before = dict(os.environ)
        with (
            pytest.raises(KeyError),
            blas.environment({"DLT_KEPT": None, "DLT_NEW": "new"}),
        ):
            assert "DLT_KEPT" not in os.environ
            assert os.environ["DLT_NEW"] == "new"
            raise KeyError
        assert dict(os.environ) == before

    @pytest.mark.parametrize("wrong", ["openblas", "", None])
    def test_a_blas_is_one_of_two(self, wrong):
        with pytest.raises(ValueError, match='"reference" or "system"'):
            Octave(blas=wrong)

"""The Octave session: its paths, its owner, its executable."""

import os
import threading

import numpy as np
import pytest

from dltparity.octave.session import NoOctave, Octave, OctaveError

live = pytest.mark.octave


class TestPaths:
    @live
    def test_paths_are_written_as_in_matlab(self, session):
        session.eval(
            "clear n; n.layers = {struct('type', 'i'); struct('type', 'c')};"
            "n.layers{2}.k{1}{3} = 7; n.ffW = 1:3; n.rL = []; n.c = {1 2; 3 4};"
            "n.s = struct('a', {5, 6}); n.none = {};"
        )
        values = {path: value.ravel().tolist() for path, value in session.fields("n").items()}
        assert values == {
            "layers{2}.k{1}{1}": [],
            "layers{2}.k{1}{2}": [],
            "layers{2}.k{1}{3}": [7],
            "ffW": [1, 2, 3],
            "rL": [],
            "c{1,1}": [1],
            "c{2,1}": [3],
            "c{1,2}": [2],
            "c{2,2}": [4],
            "s(1).a": [5],
            "s(2).a": [6],
        }

    @live
    def test_assign_is_the_reverse_of_fields(self, session):
        session.eval("clear n m; n.l{2}.k{1}{3} = 7; n.c = {1 2; 3 4}; n.s = struct('a', {5, 6});")
        session.assign("m", session.fields("n"))
        assert session.eval("disp(isequal(n, m))") == "1\n"

    @live
    def test_assign_sets_text_and_leaves_the_rest_alone(self, session):
        session.eval("clear n; n.layers = {struct('type', 'i'); struct('type', 'x')}; n.rL = 1;")
        session.assign("n", {"layers{2}.type": "c", "layers{2}.scale": 2})
        assert session.eval("disp(n.layers{2}.type); disp(size(n.layers)); disp(n.rL)") == (
            "c\n   2   1\n1\n"
        )

    @live
    def test_a_subset_takes_these_and_what_is_beneath(self, session):
        session.eval("clear n; n.a.b{1} = 1; n.a.c = 2; n.d = 3; n.ab = 4;")
        assert list(session.fields("n", ["a", "d"])) == ["a.b{1}", "a.c", "d"]
        assert list(session.fields("n", ["a.b{1}"])) == ["a.b{1}"]
        assert session.fields("n", []) == {}
        with pytest.raises(OctaveError, match="no member 'q'"):
            session.fields("n", ["q"])

    @live
    @pytest.mark.parametrize("code", ["n.w.f = @sin;", "n.w.f = 2i;"])
    def test_a_field_that_cannot_be_compared_is_no_silent_loss(self, session, code):
        session.eval(f"clear n; {code}")
        with pytest.raises(OctaveError, match=r"w\.f is of class .*(function_handle|complex)"):
            session.fields("n")

    @live
    def test_pull_of_a_struct_points_to_fields(self, session):
        session.eval("clear n; n.a = 1;")
        with pytest.raises(TypeError, match=r"fields\('n'\)"):
            session.pull("n")

    @live
    def test_what_is_missing_is_an_error_of_octave(self, session):
        session.eval("clear nothing")
        for ask in (session.pull, session.fields):
            with pytest.raises(OctaveError, match="'nothing' undefined"):
                ask("nothing")

    @live
    @pytest.mark.parametrize("name", ["a b", "a;b", "1a", "", "a.b"])
    def test_a_name_is_a_name_and_not_code(self, session, name):
        for ask in (session.pull, session.fields, lambda name: session.give(name, 1)):
            with pytest.raises(ValueError, match="is not the name of a variable"):
                ask(name)

    @live
    @pytest.mark.parametrize("path", ["", "a..b", "a{0}", "a{b}", "a{1", "a b", "a.b;c"])
    def test_a_path_is_a_path_and_not_code(self, session, path):
        with pytest.raises(ValueError, match="is not the path of a field"):
            session.assign("n", {path: 1})
        with pytest.raises(ValueError, match="is not the path of a field"):
            session.fields("n", [path])

    @live
    def test_a_thousand_fields_come_in_one_call(self, session, monkeypatch):
        session.eval("clear n; for i = 1:1000, n.l{i}.v = i; end")
        call, calls = session._call, []
        monkeypatch.setattr(session, "_call", lambda *args: calls.append(args[0]) or call(*args))
        assert len(session.fields("n")) == 1000
        assert calls == ["dlt_fields"]


class TestOwner:
    @live
    def test_another_thread_is_refused(self, session):
        session.give("v", 1)
        refused = []

        def call():
            for ask in (lambda: session.pull("v"), lambda: session.eval("1"), session.info):
                try:
                    ask()
                except RuntimeError as error:
                    refused.append(str(error))

        thread = threading.Thread(target=call, name="intruder")
        thread.start()
        thread.join()
        assert len(refused) == 3
        assert all("belongs to MainThread" in says and "intruder" in says for says in refused)
        assert session.pull("v") == 1

    @live
    def test_each_thread_may_have_its_own(self, functions):
        found = {}

        def work(number):
            with Octave(paths=[functions]) as own:
                for step in range(5):
                    own.give("v", np.full((20, 20), number + step))
                    found[number, step] = own.pull("v")[0, 0]

        before = dict(os.environ)
        threads = [threading.Thread(target=work, args=(10 * k,)) for k in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == {(10 * k, step): 10 * k + step for k in range(2) for step in range(5)}
        assert dict(os.environ) == before

    @live
    def test_a_closed_session_says_so(self, functions):
        with Octave(paths=[functions]) as session:
            pass
        session.close()
        with pytest.raises(RuntimeError, match="closed: use it inside a with block"):
            session.eval("1")

    def test_a_session_that_was_never_opened_says_so(self):
        with pytest.raises(RuntimeError, match="closed: use it inside a with block"):
            Octave().eval("1")


class TestExecutable:
    """No Octave needed."""

    def test_a_missing_octave_is_named_with_the_remedy(self, monkeypatch):
        monkeypatch.setenv("OCTAVE_EXECUTABLE", "/nowhere/octave-cli")
        before = dict(os.environ)
        with pytest.raises(NoOctave, match=r"/nowhere/octave-cli was not found.*apt install"):
            Octave().__enter__()
        assert dict(os.environ) == before

    def test_no_octave_on_the_path(self, monkeypatch, tmp_path):
        monkeypatch.delenv("OCTAVE_EXECUTABLE", raising=False)
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(NoOctave, match="Octave is missing"):
            Octave().__enter__()

    @pytest.mark.parametrize(
        ("script", "says"),
        [("exit 1", "does not start as Octave"), ("echo hello", "does not answer like Octave")],
    )
    def test_what_is_no_octave_is_refused(self, monkeypatch, tmp_path, capfd, script, says):
        fake = tmp_path / "my octave"
        fake.write_text(f"#!/bin/sh\necho noise >&2\n{script}\n")
        fake.chmod(0o755)
        monkeypatch.setenv("OCTAVE_EXECUTABLE", str(fake))
        with pytest.raises(NoOctave, match=says):
            Octave().__enter__()
        assert capfd.readouterr() == ("", "")

    @live
    def test_a_path_with_a_space_works(self, monkeypatch, tmp_path):
        monkeypatch.delenv("OCTAVE_EXECUTABLE", raising=False)
        link = tmp_path / "my octave"
        link.write_text('#!/bin/sh\nexec octave-cli "$@"\n')
        link.chmod(0o755)
        monkeypatch.setenv("OCTAVE_EXECUTABLE", str(link))
        with Octave() as session:
            assert session.eval("1") == "ans = 1\n"

    def test_a_path_that_is_no_folder_is_refused(self, tmp_path):
        with pytest.raises(ValueError, match="absent is not a folder"):
            Octave(paths=[tmp_path / "absent"])

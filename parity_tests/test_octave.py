"""The Octave session: what crosses, what it says when something fails, what it leaves behind."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path

import numpy as np
import pytest

from dltparity import blas, octave
from dltparity.octave import NoOctave, NoReferenceBlas, Octave, OctaveDied, OctaveError

live = pytest.mark.octave


@pytest.fixture(scope="module")
def functions(tmp_path_factory):
    """Some .m files that fail in known places."""
    folder = tmp_path_factory.mktemp("functions")
    files = {
        "outer_fails": "function outer_fails(x)\n\n    inner_fails(x);\nend\n",
        "inner_fails": (
            "function inner_fails(x)\n    helper(x);\nend\n\n"
            "function helper(x)\n    error('my:id', 'got %d', x);\nend\n"
        ),
        "asserts": "function asserts(x)\n\n\n    assert(x > 1, 'Actual: %g  %g', x, x);\nend\n",
        "broken": "function broken(x)\n    y = x;\n    y = = 2;\nend\n",
        "anonymous": "function anonymous(x)\n    f = @(y) error('no');\n    f(x);\nend\n",
    }
    for name, code in files.items():
        (folder / f"{name}.m").write_text(code)
    return folder


@pytest.fixture(scope="module")
def session(functions):
    with Octave(paths=[functions]) as opened:
        yield opened


@pytest.fixture
def impatient(functions):
    with Octave(paths=[functions], timeout=2) as opened:
        yield opened


def shown(session, expression):
    return session.eval(f"disp({expression})").removesuffix("\n")


def pid_of(session):
    return int(shown(session, "getpid()"))


def folder_of(session):
    return Path(shown(session, "pwd()")).parent


def is_gone(pid):
    """Neither running nor a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def bits(array):
    return array.dtype, array.shape, array.tobytes(order="F")


VALUES = {
    "double": np.array([[0.0, -0.0, np.inf, -np.inf, np.nan, 5e-324, -1e-310, np.pi, 1e308]]),
    "single": np.array([[0.0, -0.0, np.inf, -np.inf, 1e-45, -1e-40, np.pi]], np.float32),
    "whole": np.array([[0.0, -0.0], [1.0, -0.0]]),  # a MAT file may hold these as integers
    "logical": np.array([[True], [False], [True]]),
    **{
        f"class_{name}": np.array([[np.iinfo(name).min, 3, np.iinfo(name).max]], name)
        for name in ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64")
    },
    "scalar": np.array([[-0.0]]),
    "scalar_single": np.array([[2]], np.float32),
    "scalar_logical": np.array([[True]]),
    "scalar_uint8": np.array([[7]], np.uint8),
    "empty": np.zeros((0, 0)),
    "empty_row": np.zeros((1, 0), np.float32),
    "empty_stack": np.zeros((3, 0, 2), bool),
    "stack": np.arange(24.0).reshape(2, 3, 4) / 7,
    "singleton_inside": np.arange(6.0).reshape(2, 1, 3),
    "strided": np.arange(24, dtype=np.int32).reshape(4, 6)[::2, ::-3],
}


class TestValues:
    @live
    @pytest.mark.parametrize("name", VALUES)
    def test_bits_class_and_size_survive_both_ways(self, session, name):
        session.push("v", VALUES[name])
        assert bits(session.pull("v")) == bits(VALUES[name])

    @live
    @pytest.mark.parametrize("name", VALUES)
    def test_octave_sees_that_class_and_size(self, session, name):
        value = VALUES[name]
        session.push("v", value)
        kind = {"float64": "double", "float32": "single", "bool": "logical"}
        expected = kind.get(value.dtype.name, value.dtype.name)
        assert shown(session, "class(v)") == expected
        assert shown(session, "size(v)").split() == [str(extent) for extent in value.shape]

    @live
    def test_fields_and_assign_keep_the_bits_of_a_whole_struct(self, session):
        session.eval("clear net")
        session.assign("net", {f"layers{{1}}.{name}": value for name, value in VALUES.items()})
        found = session.fields("net")
        assert {path: bits(value) for path, value in found.items()} == {
            f"layers{{1}}.{name}": bits(value) for name, value in VALUES.items()
        }

    @live
    def test_a_trailing_size_of_one_is_dropped_as_in_octave(self, session):
        session.push("v", np.ones((3, 4, 1)))
        assert session.pull("v").shape == (3, 4)
        session.eval("n.o = ones(5, 1, 1, 1); n.p = zeros(0, 3, 1);")
        assert [v.shape for v in session.fields("n").values()] == [(5, 1), (0, 3)]

    @live
    @pytest.mark.parametrize(
        ("value", "kind"),
        [(3, "double"), (2.5, "double"), (True, "logical"), (np.float32(1), "single")],
    )
    def test_python_scalars_get_a_class_and_two_dimensions(self, session, value, kind):
        session.push("v", value)
        assert session.pull("v").shape == (1, 1)
        assert session.pull("v")[0, 0] == value
        assert shown(session, "class(v)") == kind

    @live
    @pytest.mark.parametrize("text", ["sigm", "", "häß \t'\"%"])
    def test_text_survives(self, session, text):
        session.push("v", text)
        assert session.pull("v") == text
        assert shown(session, "class(v)") == "char"

    @live
    def test_pulled_arrays_are_writable(self, session):
        session.push("v", np.ones((2, 2)))
        session.pull("v")[0, 0] = 5

    @pytest.mark.parametrize(
        ("value", "error", "says"),
        [
            (np.ones(3), ValueError, r"1-D shape \(3,\).*\(1, 3\) or \(3, 1\)"),
            (np.ones((2, 2)) * 1j, TypeError, "complex128"),
            (np.ones((2, 2), np.float16), TypeError, "float16"),
            (None, TypeError, "NoneType"),
            ({"a": 1}, TypeError, "dict"),
        ],
    )
    def test_what_octave_has_not_is_refused_by_name(self, value, error, says):
        from dltparity.wire import pack

        with pytest.raises(error, match=f"ffW: .*{says}"):
            pack({"ffW": value})


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
        for ask in (session.pull, session.fields, lambda name: session.push(name, 1)):
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
    def test_a_thousand_fields_are_quick(self, session):
        session.eval("clear n; for i = 1:1000, n.l{i}.v = i; end")
        seconds = []
        for _ in range(3):
            start = time.perf_counter()
            assert len(session.fields("n")) == 1000
            seconds.append(time.perf_counter() - start)
        assert min(seconds) < 0.5  # 0.09 where it was written


class TestErrors:
    @live
    @pytest.mark.parametrize(
        ("code", "message", "line", "identifier"),
        [
            ("outer_fails(3)", "got 3", "inner_fails.m:6", "my:id"),
            ("asserts(1)", "Actual: 1  1", "asserts.m:4", ""),
            ("anonymous(1)", "no", "anonymous.m:2", ""),
            ("error('here:id', 'häß')", "häß", None, "here:id"),
            (
                "ones(2) * ones(3)",
                "operator *: nonconformant arguments (op1 is 2x2, op2 is 3x3)",
                None,
                "Octave:nonconformant-args",
            ),
            ("x = = 3", "parse error:\n\n  syntax error\n\n>>> x = = 3\n        ^", None, ""),
        ],
    )
    def test_message_line_and_identifier(self, session, code, message, line, identifier):
        with pytest.raises(OctaveError) as caught:
            session.eval(code)
        error = caught.value
        assert (error.message.rstrip("\n"), error.line, error.identifier) == (
            message,
            line,
            identifier,
        )

    @live
    def test_a_parse_error_in_a_file_has_its_line(self, session):
        with pytest.raises(OctaveError) as caught:
            session.eval("broken(1)")
        assert caught.value.line == "broken.m:3"
        assert "syntax error" in caught.value.message

    @live
    def test_the_workspace_outlives_an_error(self, session):
        session.push("v", 4)
        with pytest.raises(OctaveError):
            session.eval("v = 5; asserts(1)")
        assert session.pull("v") == 5

    def test_it_reads_as_place_and_message(self):
        assert str(OctaveError("boom", "cnnff.m:11")) == "cnnff.m:11: boom"
        assert str(OctaveError("boom")) == "boom"


class TestPrinting:
    @live
    def test_what_is_printed_is_returned(self, session):
        assert session.eval("x = 3, printf('no newline ')") == "x = 3\nno newline "
        assert session.eval("x = 3;") == ""
        assert session.eval("warning('careful')") == "warning: careful\n"

    @live
    def test_nothing_reaches_the_terminal(self, functions, capfd):
        with Octave(paths=[functions]) as session:
            session.eval(
                "disp('loud'); fputs(stderr, 'loud'); warning('loud'); system('echo loud');"
            )
            with pytest.raises(OctaveError):
                session.eval("asserts(1)")
            with pytest.raises(OctaveDied):
                session.eval("exit(3)")
            session.eval("1")
        assert capfd.readouterr() == ("", "")


class TestDeath:
    @live
    @pytest.mark.parametrize("code", ["while true, end", "keyboard", "input('')", "pause(60)"])
    def test_the_watchdog_ends_what_hangs(self, impatient, functions, code):
        impatient.push("v", 1)
        pid, folder = pid_of(impatient), folder_of(impatient)
        start = time.monotonic()
        with pytest.raises(OctaveDied, match=r"within 2 s.*empty workspace"):
            impatient.eval(code)
        assert time.monotonic() - start < 10
        assert is_gone(pid)
        assert not folder.exists()
        self.assert_set_up_again(impatient, functions)

    @live
    def test_killed_from_outside(self, impatient, functions):
        impatient.push("v", 1)
        pid, folder = pid_of(impatient), folder_of(impatient)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(OctaveDied, match="SIGKILL"):
            impatient.eval("1")
        assert is_gone(pid)
        assert not folder.exists()
        self.assert_set_up_again(impatient, functions)

    @live
    @pytest.mark.parametrize(
        ("code", "says"),
        [
            ("exit(3)", "exit status 3"),
            ("kill(getpid(), 11)", "SIGSEGV"),
            ("input('name? ')", "asked for input"),
        ],
    )
    def test_dying_inside_a_call(self, impatient, functions, code, says):
        impatient.push("v", 1)
        with pytest.raises(OctaveDied, match=says):
            impatient.eval(code)
        self.assert_set_up_again(impatient, functions)

    @live
    def test_control_c_ends_the_session_and_is_passed_on(self, impatient, functions):
        impatient.push("v", 1)
        pid = pid_of(impatient)
        timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            impatient.eval("while true, end")
        assert is_gone(pid)
        self.assert_set_up_again(impatient, functions)

    @live
    def test_what_octave_started_ends_with_it(self, functions):
        with Octave(paths=[functions]) as session:
            child = int(
                session.eval("disp(system('trap \"\" HUP; exec sleep 60', false, 'async'))")
            )
        deadline = time.monotonic() + 5
        while not is_gone(child) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert is_gone(child)

    def assert_set_up_again(self, session, functions):
        assert shown(session, "exist('v')") == "0"
        assert session.info()["blas"] == "unknown or reference BLAS"
        assert shown(session, "which('asserts')") == str(functions / "asserts.m")


class TestTraces:
    """What a session leaves behind: nothing."""

    @live
    def test_closing_ends_the_process_and_its_folder(self, functions, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        before = dict(os.environ)
        with Octave(paths=[functions]) as session:
            assert dict(os.environ) == before
            pid, folder = pid_of(session), folder_of(session)
            session.eval("save('result.mat'); fclose(fopen('file.txt', 'w'));")
        assert is_gone(pid)
        assert not folder.exists()
        assert list(tmp_path.iterdir()) == []

    @live
    def test_files_of_the_working_folder_do_not_shadow_the_path(
        self, functions, tmp_path, monkeypatch
    ):
        (tmp_path / "asserts.m").write_text("function asserts(x)\n    disp('wrong file');\nend\n")
        monkeypatch.chdir(tmp_path)
        with Octave(paths=[functions]) as session, pytest.raises(OctaveError, match="Actual"):
            session.eval("asserts(1)")

    @live
    def test_paths_stand_in_the_order_given(self, functions, tmp_path):
        (tmp_path / "asserts.m").write_text("function asserts(x)\n    disp('first');\nend\n")
        with Octave(paths=[tmp_path, functions]) as session:
            assert session.eval("asserts(1)") == "first\n"

    @live
    @pytest.mark.parametrize("leave", ["session.close()", "pass"])
    def test_a_whole_process_is_silent_and_clean(self, tmp_path, leave):
        code = (
            "import os, sys, weakref\n"
            "from dltparity.octave import Octave\n"
            "assert 'oct2py' not in sys.modules\n"
            "weakref.finalize(Octave, int)\n"  # so finalizers run after oct2py's own clean-up
            "session = Octave().__enter__()\n"
            "session.eval('a = 1;')\n"
            "where = session.eval('printf(\"%d %s\", getpid(), pwd())')\n"
            f"{leave}\n"
            "os.write(1, where.encode())\n"
        )
        (tmp_path / "octave-workspace").write_text("the user's")
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", code],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            timeout=60,
        )
        pid, _, work = done.stdout.partition(" ")
        assert (done.returncode, done.stderr) == (0, "")
        assert is_gone(int(pid))
        assert not Path(work).parent.exists()
        assert [path.name for path in tmp_path.iterdir()] == ["octave-workspace"]

    @live
    def test_users_settings_do_not_leak_in(self, functions, monkeypatch):
        monkeypatch.setenv("OCTAVE_CLI_OPTIONS", "--eval exit")
        monkeypatch.setenv("OCT2PY_TIMEOUT", "0.5")
        monkeypatch.setenv("OCT2PY_CONVERT_TO_FLOAT", "true")
        with Octave(paths=[functions]) as session:
            session.eval("pause(1)")
            session.push("v", np.array([[1]], np.uint8))
            assert session.pull("v").dtype == np.uint8
            assert shown(session, "getenv('OCTAVE_HISTFILE')") == os.devnull

    @live
    def test_only_the_two_warnings_are_off(self, session):
        def state(name):
            return shown(session, f"warning('query', '{name}').state")

        assert state("Octave:shadowed-function") == "off"
        assert state("Octave:legacy-function") == "off"
        assert state("Octave:some-other") == "on"

    @live
    def test_warnings_of_the_start_are_not_the_users(self, functions, monkeypatch):
        def warn_and_open(folder, really=octave._open_session):
            warnings.warn("forkpty in a process with threads", DeprecationWarning, stacklevel=1)
            return really(folder)

        monkeypatch.setattr(octave, "_open_session", warn_and_open)
        with Octave(paths=[functions]) as session:
            assert session.eval("1") == "ans = 1\n"

    @live
    def test_a_forked_copy_does_not_end_the_session(self, session):
        octave._end_session(os.getpid() + 1, session._session, folder_of(session))
        assert session.eval("1") == "ans = 1\n"

    @live
    def test_the_start_is_quick(self, session, functions):
        start = time.perf_counter()
        with Octave(paths=[functions]):
            assert time.perf_counter() - start < 2  # 0.3 where it was written


class TestOwner:
    @live
    def test_another_thread_is_refused(self, session):
        session.push("v", 1)
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
                    own.push("v", np.full((20, 20), number + step))
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


class TestBlas:
    @live
    def test_info_says_what_it_runs_on(self, session):
        info = session.info()
        assert set(info) == {"version", "blas", "lapack", "host"}
        assert info["version"][0].isdigit()
        assert info["blas"] == "unknown or reference BLAS"
        assert "PACK" in info["lapack"]
        assert "linux" in info["host"]

    @live
    def test_products_have_the_order_of_the_reference_blas(self, session):
        rng = np.random.default_rng(0)
        a, b = rng.standard_normal((40, 70)), rng.standard_normal((70, 30))
        session.push("a", a)
        session.push("b", b)
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
        refused = pytest.raises(NoReferenceBlas, match="apt install libblas3")
        with contextlib.nullcontext() if "reference" in found else refused, Octave() as session:
            assert session.info()["blas"] == found

    @live
    def test_a_refused_session_leaves_nothing(self, functions, tmp_path, monkeypatch):
        pids = []

        def refuse(found):
            pids.append(refused._session._engine.repl.child.pid)
            raise NoReferenceBlas(found)

        monkeypatch.setattr(octave, "_MEMORY", str(tmp_path))
        monkeypatch.setattr(blas, "require_reference", refuse)
        refused = Octave(paths=[functions])
        with pytest.raises(NoReferenceBlas, match="unknown or reference BLAS"):
            refused.__enter__()
        assert [is_gone(pid) for pid in pids] == [True]
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        "says", ["OpenBLAS (config: OpenBLAS 0.3.21)", "FlexiBLAS Version 3.3.0\nOpenBLAS", "ATLAS"]
    )
    def test_another_blas_is_refused_with_the_remedy(self, says):
        with pytest.raises(NoReferenceBlas, match="apt install libblas3") as caught:
            blas.require_reference(says)
        assert repr(says) in str(caught.value)

    @pytest.mark.parametrize("says", ["unknown or reference BLAS", "FlexiBLAS Version 3.3.0"])
    def test_the_reference_blas_is_taken(self, says):
        blas.require_reference(says)

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

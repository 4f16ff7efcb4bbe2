"""What runs is what was asked for: the executable, its start, and every function on the way."""

import hashlib
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from dltparity import cli
from dltparity.checks import determinism
from dltparity.exit_codes import MISSING_REFERENCE
from dltparity.octave.session import NoOctave, Octave
from dltparity.octave.shadows import check_unshadowed
from dltparity.original.cache import original
from dltparity.traces.references import acnn_paths, open_reference
from octave.processes import pid_of, shown

pytestmark = pytest.mark.octave

ZERO = "function x = {}(varargin)\n    x = 0;\nend\n"


@pytest.fixture
def wrapper(monkeypatch, tmp_path):
    """Return what lets Octave be a script that hands on what it is given, and more."""

    def make(more=""):
        path = tmp_path / "octave-cli"
        path.write_text(f'#!/bin/sh\nexec {shutil.which("octave-cli")} "$@" {more}\n')
        path.chmod(0o755)
        monkeypatch.setenv("OCTAVE_EXECUTABLE", str(path))
        return path

    return make


@pytest.fixture
def intruders(tmp_path):
    """Return what makes a folder with functions that return 0."""

    def make(*names):
        folder = tmp_path / "intruders"
        for name in names:
            path = folder / f"{name}.m"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(ZERO.format(path.stem))
        return folder

    return make


def test_the_executable_is_the_one_that_runs_and_not_its_wrapper(wrapper):
    script = wrapper()
    with Octave() as session:
        running = Path(f"/proc/{pid_of(session)}/exe").resolve()
        about = session.info()
        assert about["version"] == shown(session, "version()")
    assert about["executable"] == str(running) != str(script)
    assert about["sha256 of the executable"] == hashlib.sha256(running.read_bytes()).hexdigest()


def test_folders_of_the_environment_are_not_on_the_path(monkeypatch, intruders):
    monkeypatch.setenv("OCTAVE_PATH", str(intruders("flip")))
    folders = acnn_paths()
    with Octave(paths=folders) as session:
        assert shown(session, "flip([1 2])") == "   2   1"
        check_unshadowed(session, folders)


def refusal(paths=(), code=""):
    """Return why a session is refused."""
    folders = acnn_paths()
    with Octave(paths=[*paths, *folders]) as session:
        session.eval(code)
        with pytest.raises(NoOctave) as caught:
            check_unshadowed(session, folders)
    return str(caught.value)


def test_a_function_that_only_octaves_own_functions_call_is_checked_too(intruders):
    folder = intruders("flip")  # flipud and fliplr call it, and no file of ours does
    assert f"takes {folder}/flip.m for flip, expected its own function" in refusal([folder])


def test_a_built_in_function_that_no_file_calls_is_checked_too(intruders):
    folder = intruders("schur")
    assert f"takes {folder}/schur.m for schur, expected its own function" in refusal([folder])


def test_one_of_them_that_is_typed_in_is_refused():
    wording = refusal(code="eval('function x = flip(varargin) x = 0; end')")
    assert "takes a function typed in at its start for flip" in wording


def test_functions_for_a_class_of_octaves_own_are_refused(intruders):
    folder = intruders("@double/sum")
    with Octave(paths=[folder]) as session:
        assert shown(session, "sum([1 2])") == "0"  # though `exist` says that it is built in
    assert f"takes functions in {folder}/@double where it has its own" in refusal([folder])


def test_functions_of_other_names_may_stand_on_the_path(intruders):
    folders = acnn_paths()
    with Octave(paths=[intruders("nobody_calls_it"), *folders]) as session:
        check_unshadowed(session, folders)


@pytest.mark.parametrize("blas", [None, "reference"])
def test_a_reference_is_not_opened_on_a_shadowed_session(wrapper, intruders, blas):
    wrapper(f"--path {intruders('flip')}")
    with ExitStack() as stack, pytest.raises(NoOctave, match=r"flip\.m for flip"):
        open_reference("acnn", blas, None, stack)


def test_the_checks_of_a_whole_run_refuse_one_too(wrapper, intruders):
    wrapper(f"--path {intruders('flip')}")
    with pytest.raises(NoOctave, match=r"flip\.m for flip"):
        determinism.gather([])
    if original():
        with pytest.raises(NoOctave, match=r"flip\.m for flip"):
            determinism.gradient_test(original())


@pytest.mark.parametrize(
    "words",
    [
        ["run", "--reference", "acnn", "--case", "kernel-1", "--out", "OUT"],
        ["sweep", "--reference", "acnn", "--nets", "1", "--out", "OUT"],
        ["lines", "acnnff"],
        ["equations"],
        ["verify", "NET", "--out", "OUT"],
    ],
    ids=lambda words: words[0],
)
def test_no_command_measures_on_a_shadowed_session(words, wrapper, intruders, tmp_path, capsys):
    from both_sides.functions import images, net_of
    from dltcnn.matfile import save_net

    save_net(tmp_path / "net.mat", net_of("2c3-2s", *images(8, 8, 4)))
    wrapper(f"--path {intruders('flip')}")
    if words[0] == "verify" and original() is None:
        pytest.skip("needs the original")
    given = {"OUT": str(tmp_path / "out"), "NET": str(tmp_path / "net.mat")}
    assert cli.main([given.get(word, word) for word in words]) == MISSING_REFERENCE
    error = capsys.readouterr().err
    assert "flip.m for flip, expected its own function" in error and error.count("\n") == 1

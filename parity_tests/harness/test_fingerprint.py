"""The fingerprint: nothing that a result depends on is left out of it."""

import ast
from pathlib import Path

import pytest

import dltcnn
import dltparity
from dltparity import fingerprint
from dltparity.paths import matlab_ref
from mutation import plan

HARNESS = Path(dltparity.__file__).parent
USERS = {*fingerprint.USERS}


def test_every_importable_file_is_in_the_fingerprint():
    parts = fingerprint.listed(Path(dltcnn.__file__).parent)
    parts += fingerprint.listed(HARNESS, USERS)
    parts += fingerprint.listed(HARNESS.parent, fingerprint.NO_JUDGES)
    checkout = matlab_ref().parent
    there = {
        path
        for top in ("port", "parity_tests", "matlab_ref")
        for pattern in ("*.py", "*.m", "*.c", "*.h", "*.so", "*.npz")
        for path in (checkout / top).rglob(pattern)
    }
    left_out = there - {*parts, *fingerprint.listed(matlab_ref())}
    tests = HARNESS.parent
    assert left_out and not any(_counts(path.relative_to(tests)) for path in left_out)


def test_no_result_passes_through_what_is_left_out():
    measuring = ["sweep", "engines", "bench", "checks", "cases", "comparison", "octave", "original"]
    files = [path for name in measuring for path in (HARNESS / name).rglob("*.py")]
    files += [HARNESS / "run.py", HARNESS / "sections.py"]
    files += [HARNESS.parent / name for name in plan.tests(plan.FILES)]
    files += [*(HARNESS.parent / "mutation").glob("*.py"), HARNESS.parent / "conftest.py"]
    reached, waiting = set(), {*files}
    while waiting:
        path = waiting.pop()
        reached.add(path)
        waiting |= {*_imported(path)} - reached
    names = {path.relative_to(HARNESS.parent) for path in reached}
    assert Path("dltparity/traces/port.py") in names  # it does follow imports
    assert [name for name in names if not _counts(name)] == []


def _counts(path):
    """Tell whether a file, within the tests, is in the fingerprint of the harness or the tests."""
    inside, *rest = path.with_suffix("").parts
    if inside == "dltparity":
        return not {*rest} & USERS
    return not {inside, *rest} & {*fingerprint.NO_JUDGES}


def _imported(path):
    """Yield the files of the harness and of the tests that one imports."""
    tests = HARNESS.parent
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            places = [each.name.split(".") for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            package = path.parent.relative_to(tests).parts
            around = [*package[: len(package) - node.level + 1]] if node.level else []
            stem = [*around, *(node.module.split(".") if node.module else ())]
            places = [stem, *([*stem, each.name] for each in node.names)]
        else:
            continue
        for place in places:
            for each in (tests.joinpath(*place).with_suffix(".py"), tests.joinpath(*place)):
                if each.is_file() or (each / "__init__.py").is_file():
                    yield each if each.is_file() else each / "__init__.py"


@pytest.mark.parametrize(
    ("part", "file"),
    [
        ("port", "engines.py"),
        ("port", "compiled/c/new.c"),
        ("harness", "octave/session.py"),
        ("references", "acnn/acnnff.m"),
        ("tests", "conftest.py"),
    ],
)
def test_a_change_of_a_file_shows(monkeypatch, tmp_path, part, file):
    monkeypatch.setattr(fingerprint, "_octave", lambda: "none")
    folder = tmp_path / "folder"
    (folder / file).parent.mkdir(parents=True)
    (folder / file).write_text("one")
    monkeypatch.setattr(fingerprint.port_state, "PORT", folder)
    monkeypatch.setattr(fingerprint, "_HARNESS", folder if part == "harness" else tmp_path / "no")
    monkeypatch.setattr(fingerprint, "_TESTS", folder)
    monkeypatch.setattr(fingerprint, "matlab_ref", lambda: folder)
    before = fingerprint.everything()
    (folder / file).write_text("two")
    assert part in fingerprint.changed(before)
    (folder / file).write_text("one")
    assert fingerprint.changed(before) == []
    (folder / file).rename(folder / "other.py")
    assert part in fingerprint.changed(before)


def test_a_change_of_the_machine_shows(monkeypatch):
    monkeypatch.setattr(fingerprint, "_octave", lambda: "7.3.0 abc")
    monkeypatch.setattr(fingerprint, "files", lambda folder, without=(): "same")
    before = fingerprint.everything()
    for name, changed in (
        ("_octave", lambda: "7.3.0 def"),
        ("version", lambda name: "0"),
        ("_machine", lambda: "other"),
    ):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(fingerprint, name, changed)
            assert len(fingerprint.changed(before)) == 1


@pytest.mark.parametrize("name", ["system", "libc", "libm_fingerprint", "numpy_cpu_features"])
def test_each_figure_of_the_machine_is_in_it(monkeypatch, name):
    about = fingerprint.machine.describe()
    before = fingerprint._machine()
    monkeypatch.setattr(fingerprint.machine, "describe", lambda: about | {name: "another"})
    assert fingerprint._machine() != before


def test_the_chosen_build_of_the_compiled_engine_is_in_it(monkeypatch):
    monkeypatch.delenv("DLTCNN_BUILD", raising=False)
    before = fingerprint._machine()
    monkeypatch.setenv("DLTCNN_BUILD", "baseline")
    assert fingerprint._machine() != before


@pytest.mark.octave
def test_the_libraries_that_octave_loads_are_in_it(monkeypatch):
    fingerprint._octave.cache_clear()
    before = fingerprint._octave()
    mapped = fingerprint._mapped
    names = []

    def fewer(pid):
        names.extend(path.name for path in mapped(pid))
        return [path for path in mapped(pid) if "blas" not in path.name]

    monkeypatch.setattr(fingerprint, "_mapped", fewer)
    fingerprint._octave.cache_clear()
    assert fingerprint._octave() != before
    fingerprint._octave.cache_clear()
    assert any("libblas" in name for name in names) and any("libm.so" in name for name in names)

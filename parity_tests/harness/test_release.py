"""``make release-check``: each way in which a report is not of this state, or not whole."""

import copy
import json
import os
import shutil

import pytest

from dltparity import cli, fingerprint, parity_report, release, sections
from dltparity.errors import RequestError
from dltparity.files import as_json, write_report
from dltparity.page import of_run
from dltparity.paths import matlab_ref
from dltparity.report import bench
from dltparity.run import Comparison
from dltparity.seal import opened, sealed

NOW = {"port": "1", "harness": "2", "tests": "3"}
RUNS = {name: state for name, state in NOW.items() if name != "tests"}
REPORTS = matlab_ref().parent / "reports"
pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason="installed without the reports")

ENGINES = {
    **{"nets": 4000, "first": 0, "compiled": 3999, "left": {"sizes": 1}, "failing": []},
    **{"octave": 0, "octave_values": 0},
    **{"verdict": "pass", "date": "today", "depends_on": RUNS},
}
GOAL = {"what": "double", "wanted": "at least 2", "measured": "3", "kept": True}
BENCH = {
    **{"quick": False, "steps": [], "slopes": [], "plots": ["p.svg"], "promises": [GOAL]},
    **{"provenance": {"date": "today", "cpu": "c"}, "verdict": "pass", "depends_on": RUNS},
}


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(fingerprint, "everything", lambda: NOW)


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def seal(path, content):
    content.pop("seal", None)
    path.write_text(as_json(sealed(content)), encoding="utf-8")


def change(path, **changes):
    seal(path, read(path) | changes)


def stored(folder):
    """Store whole results of today."""
    for name in ("sweep", "sweep-acnn"):
        of_today = {"depends_on": RUNS, "nets": 2000}
        seal(folder / f"{name}.json", read(REPORTS / f"{name}.json") | of_today)
    for kind, suffix in (("tests", ""), ("oracles", "-oracles"), ("recordings", "-recordings")):
        score = read(REPORTS / "mutation-oracles.json") | {"kind": kind}
        score["files"] = [entry | {"depends_on": NOW} for entry in score["files"]]
        seal(folder / f"mutation{suffix}.json", score)
    seal(folder / "engines.json", copy.deepcopy(ENGINES))
    write_report(folder, "bench", bench.render(BENCH), sealed(BENCH))


def run(folder, **changes):
    """Write the report of a run of today, which shows what is stored."""
    content = read(REPORTS / "parity.json")
    content.pop("seal", None)
    content["provenance"] = content["provenance"] | {"depends_on": RUNS}
    content |= sections.gather(sections.Context(Comparison([], [], {}), (), folder))
    for row in content["equations"]["rows"]:  # with PyTorch, which may not have been there
        row["oracles"] = {
            oracle: 0.0 if error == "not run" else error for oracle, error in row["oracles"].items()
        }
    content |= {"accuracy": read(REPORTS / "parity.json")["accuracy"], **changes}
    content = sealed({name: each for name, each in content.items() if each is not None})
    text, details = parity_report.render(content)
    write_report(folder, "parity", text, content, of_run.render(content), details)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fingerprint, "everything", lambda: NOW)
        stored(folder)
        run(folder)
    return folder


@pytest.fixture
def folder(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "reports")


def test_whole_reports_of_this_state_pass(folder, capsys):
    assert release.main([str(folder)]) == 0
    assert capsys.readouterr().out == "PASS: every section is whole and of this state\n"


def test_another_state_makes_all_that_was_measured_stale(folder, capsys, monkeypatch):
    monkeypatch.setattr(fingerprint, "everything", lambda: NOW | {"harness": "0"})
    assert release.main([str(folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    judged = {"run", *(name for name, each in sections.SECTIONS.items() if each.stored)}
    assert {line.partition(":")[0] for line in lines[:-1]} == judged
    assert all("measured before these changed: harness -> " in line for line in lines[:-1])
    assert lines[-1] == f"FAIL: {len(judged)} to mend"


def test_tests_that_changed_make_the_scores_stale_alone(folder, monkeypatch):
    monkeypatch.setattr(fingerprint, "everything", lambda: NOW | {"tests": "0"})
    found = {each.section for each in release.check(folder)}
    assert found == {"mutation", "mutation-oracles", "mutation-recordings"}


def by_hand(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def without_autograd(folder):
    content = read(folder / "parity.json")["equations"]
    content["rows"][0]["oracles"]["autograd"] = "not run"
    run(folder, equations=content)


def fewer_modules(folder):
    change(folder / "mutation.json", not_measured=["cnn.cnnff"], verdict="unfinished")
    run(folder)


def of_another_section(folder, source, name):
    """Take a result of its own seal for that of another section."""
    shutil.copy(folder / source, folder / name)
    run(folder)


def on(blas, cases):
    return [case | {"blas": blas, "promise": "bound"} for case in cases]


def older(folder):
    """Leave a stored result without its seal, as an earlier version did."""
    content = opened(read(folder / "sweep.json"))
    (folder / "sweep.json").write_text(as_json(content))
    run(folder)


FAULTS = {
    "no report": (lambda f: (f / "parity.json").unlink(), "run", "cannot be taken", "make parity"),
    "a run's figure by hand": (
        lambda f: by_hand(f / "parity.json", '"fields": ', '"fields": 1'),
        *("run", "changed after it was written", "make parity"),
    ),
    "chosen cases": (lambda f: run(f, chosen=["a*"]), "run", "partial: a* alone", "make parity"),
    "one engine": (
        lambda f: run(
            f, cases=[c for c in read(f / "parity.json")["cases"] if c["engine"] == "lines"]
        ),
        *("run", "partial: compiled was not held against original", "make parity"),
    ),
    "another BLAS": (
        lambda f: run(f, cases=on("system", read(f / "parity.json")["cases"])),
        *("run", "lines was not held against acnn on the reference BLAS", "make parity"),
    ),
    "another command's result": (
        lambda f: shutil.copy(f / "sweep.json", f / "parity.json"),
        *("run", "parity.json cannot be taken (it has no 'provenance')", "make parity"),
    ),
    "a pipe for a report": (
        lambda f: ((f / "parity.json").unlink(), os.mkfifo(f / "parity.json")),
        *("run", "it is a pipe or a device", "make parity"),
    ),
    "a run's verdict twice": (
        lambda f: by_hand(f / "parity.json", "{", '{"verdict": "fail",'),
        *("run", "it has a name twice", "make parity"),
    ),
    "a failed run": (lambda f: run(f, verdict="fail"), "run", "it fails", "make parity"),
    "a text by hand": (
        lambda f: by_hand(f / "parity.md", "27,", "28,"),
        *("run", "parity.md says something else than parity.json", "make parity"),
    ),
    "a detail by hand": (
        lambda f: by_hand(f / "sweep.md", "2,000", "3,000"),
        *("run", "sweep.md says something else", "make parity"),
    ),
    "no lines": (lambda f: run(f, lines=None), "lines", "not measured", "make parity"),
    "no PyTorch": (without_autograd, "equations", "autograd was not run", "make test-oracle"),
    "no sweep": (
        lambda f: ((f / "sweep.json").unlink(), run(f)),
        *("sweep", "not measured", "dltparity sweep --nets 2000 --seed 4"),
    ),
    "a sweep without a seal": (older, "sweep", "not measured", "dltparity sweep"),
    "a sweep by hand": (
        lambda f: by_hand(f / "sweep-acnn.json", '"nets": 2000', '"nets": 3000'),
        *("sweep-acnn", "changed after it was written", "--family acnn --nets 2000"),
    ),
    "a figure of a sweep twice": (
        lambda f: by_hand(f / "sweep.json", "{", '{"nets": 99999,'),
        *("sweep", "it has a name twice", "dltparity sweep"),
    ),
    "a sweep of the other family": (
        lambda f: of_another_section(f, "sweep.json", "sweep-acnn.json"),
        *("sweep-acnn", "family is cnn, not acnn", "--family acnn"),
    ),
    "a sweep without the original": (
        lambda f: (change(f / "sweep.json", reference="acnn"), run(f)),
        *("sweep", "reference is acnn, not original", "dltparity sweep"),
    ),
    "a score of other judges": (
        lambda f: of_another_section(f, "mutation-oracles.json", "mutation.json"),
        *("mutation", "kind is oracles, not tests", "make mutation"),
    ),
    "a small sweep": (
        lambda f: (change(f / "sweep.json", nets=200), run(f)),
        *("sweep", "200 of 2,000 nets", "dltparity sweep --nets 2000"),
    ),
    "a sweep after the run": (
        lambda f: change(f / "sweep.json", seconds=1),
        *("sweep", "the report shows an earlier one", "make parity"),
    ),
    "few nets through both engines": (
        lambda f: (change(f / "engines.json", nets=400, compiled=399), run(f)),
        *("engines", "400 of 4,000 nets", "dltparity engines --nets 4000"),
    ),
    "not all modules": (
        fewer_modules,
        *("mutation", "modules not measured yet", "make mutation"),
    ),
    "a quick benchmark": (
        lambda f: (change(f / "bench.json", quick=True), run(f)),
        *("speed", "the toolbox's example only", "dltparity bench --out reports"),
    ),
    "a benchmark without PyTorch": (
        lambda f: (change(f / "bench.json", promises=[GOAL | {"kept": None}]), run(f)),
        *("speed", "not run: double", "dltparity bench"),
    ),
    "a benchmark without JAX": (
        lambda f: (
            change(f / "bench.json", provenance=BENCH["provenance"] | {"jax": "not installed"}),
            run(f),
        ),
        *("speed", "JAX was not installed", "dltparity bench"),
    ),
    "a benchmark's text by hand": (
        lambda f: by_hand(f / "bench.md", "| 3 ", "| 4 "),
        *("speed", "bench.md says something else than bench.json", "dltparity bench"),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_what_measures_it(folder, fault, capsys):
    plant, section, problem, command = FAULTS[fault]
    plant(folder)
    assert release.main([str(folder)]) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if problem in line]
    assert any(line.startswith(f"{section}: ") and command in line for line in lines)


def test_the_engines_are_compared_for_the_report(tmp_path, capsys):
    summary = tmp_path / "engines.json"
    command = ["engines", "--nets", "4", "--quiet", "--summary", str(summary)]
    assert cli.main(command) == 0
    section = sections.SECTIONS["engines"]
    content = section.gather(sections.Context(None, (), tmp_path))
    assert section.lacking(content) == ["4 of 4,000 nets"] and not section.broken(content)
    text = section.render(content)
    assert "**Partial: 4 of 4,000 nets.**" in text and "4 random nets, from number 0 on" in text
    assert "Octave" not in text
    in_octave = section.render(content | {"octave": 3, "octave_values": 1234})
    assert "Of the compiled ones 3 were compared with Octave too, in 1,234 values." in in_octave
    wrong = {"name": "net 7", "left": None, "different": ["o", "e"]}
    change(summary, failing=[wrong], verdict="fail")
    content = section.gather(sections.Context(None, (), tmp_path))
    assert section.broken(content) == ["engines"] and "it fails" in section.lacking(content)
    assert "- net 7 differs: o; e" in section.render(content)
    change(summary, verdict="pass")
    with pytest.raises(RequestError, match="do not fit each other"):
        section.gather(sections.Context(None, (), tmp_path))

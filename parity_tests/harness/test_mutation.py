"""The mutation score: who judges what, how it counts, and that a trial tells good from bad."""

import json
import os
import pickle
import subprocess
import sys

import pytest

from dltparity import fingerprint, port_state
from dltparity.exit_codes import WRONG_REQUEST
from dltparity.report.mutation import render
from dltparity.seal import sealed
from mutation import __main__, by_tests, octave_answers, plan, processes, score, suite, trial
from mutation.mutants import Change, mutants


@pytest.mark.parametrize("file", plan.FILES)
def test_every_module_has_tests_that_judge_it(file):
    assert plan.own(file) or plan.others(file)
    assert not set(plan.own(file)) & set(plan.others(file))
    assert {*plan.own(file), *plan.others(file)} == set(plan.tests([file]))


@pytest.mark.parametrize("room", plan.PATTERNS)
def test_every_pattern_of_the_plan_fits_some_tests(room):
    assert all(plan.fitting(pattern) for pattern in plan.PATTERNS[room])
    assert port_state.modules(room)


def test_tests_are_a_modules_own_by_their_name_or_their_imports():
    assert plan.own("cnn.cnnff") == ("cnn/test_cnnff.py",)
    assert plan.own("util.sigm") == ("util/test_util.py",)
    assert "matlab/test_operators.py" in plan.own("matlab.operators")


def test_what_leaves_no_trace_is_there():
    assert set(plan.UNTRACED) <= set(plan.FILES)
    assert plan.families("acnn.acnncheck") == ()
    assert plan.families("cnn.cnnff") == ("cnn",)
    assert plan.families("matlab.convn") == ("cnn", "acnn")


def test_a_trial_by_traces_tells_good_from_bad():
    found = mutants(["cnn.cnnapplygrads"])
    fault = next(mutant for mutant in found if mutant.operator == "core/NumberReplacer")
    script = (
        "from mutation import processes, trial\n"
        "from mutation.mutants import Mutant\n"
        f"tried = [(each, trial.try_traces, ('cnn', {{}})) for each in (None, {fault!r})]\n"
        "print(dict(processes.judge(tried, 1)))\n"
    )
    # In an interpreter of its own: a fork of this one would have pytest's threads and hooks.
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert run.stdout == f"{{None: True, {fault!r}: False}}\n", run.stderr


@pytest.mark.parametrize("code", [trial.KILLED, -9, 1])
def test_a_trial_that_ends_in_any_other_way_has_found_the_fault(code):
    assert not processes._survived(code)
    assert processes._survived(trial.SURVIVED)


NOW = {"port": "1", "tests": "2"}


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(fingerprint, "everything", lambda: NOW)
    monkeypatch.setattr(suite, "remember", lambda state: None)


def entry(file, left, found):
    return {
        "file": file,
        "source": port_state.source(file),
        "depends_on": NOW,
        "date": "today",
        "mutants": found + len(left),
        "found": {by_tests.TRACES: found},
        "left": left,
    }


def left(reason):
    return {
        **{"line": 3, "operator": "o", "occurrence": 0, "reason": reason},
        **Change("cnn.cnnbp", "f", "a + b", "a - b")._asdict(),
    }


def test_the_score_counts_excuses_apart():
    entries = {file: entry(file, [], 10) for file in plan.FILES}
    assert score.summary(entries)["verdict"] == "pass"
    entries["cnn.cnnbp"] = entry("cnn.cnnbp", [left("because"), left(None)], 10)
    found = score.summary(entries)
    total = 10 * len(plan.FILES)
    assert (found["mutants"], found["killed"], found["equivalent"]) == (total + 2, total, 1)
    assert found["score"] == total / (total + 2)
    assert found["score_without_equivalents"] == total / (total + 1)
    assert found["verdict"] == "fail"
    text = render(found)
    assert "Survivors:" in text
    assert "because" in text
    entries["cnn.cnnbp"] = entry("cnn.cnnbp", [left("because")], 10)
    assert score.summary(entries)["verdict"] == "pass"
    del entries["cnn.cnnbp"]
    found = score.summary(entries)
    assert (found["verdict"], found["not_measured"]) == ("unfinished", ["cnn.cnnbp"])
    assert "Not measured yet: cnn/cnnbp.py" in render(found)


def test_too_many_excuses_are_no_pass():
    entries = {file: entry(file, [], 10) for file in plan.FILES}
    entries["cnn.cnnbp"] = entry("cnn.cnnbp", [left("because")] * len(plan.FILES), 10)
    found = score.summary(entries)
    assert (found["verdict"], found["score_without_equivalents"]) == ("fail", 1)


@pytest.fixture
def cache(monkeypatch, tmp_path):
    """A cache of its own."""
    monkeypatch.setattr(octave_answers, "user_cache_path", lambda name: tmp_path)
    monkeypatch.setattr(octave_answers, "_state", lambda: "here")
    return tmp_path


def take(value, path):
    """Stand for a function of `trial` that writes answers in a fork."""
    path.write_bytes(pickle.dumps(value))
    os._exit(trial.SURVIVED)


def test_answers_of_two_checkouts_do_not_evict_each_other(cache, monkeypatch):
    assert octave_answers._kept("test_a.py", 1, take) == 1
    monkeypatch.setattr(octave_answers, "TESTS", cache)
    monkeypatch.setattr(octave_answers, "_state", lambda: "there")
    assert octave_answers._kept("test_a.py", 2, take) == 2
    assert len(list(cache.rglob("*.pickle"))) == 2
    monkeypatch.setattr(octave_answers, "_state", lambda: "later")
    assert octave_answers._kept("test_a.py", 3, take) == 3
    assert octave_answers._kept("test_a.py", None, None) == 3
    assert len(list(cache.rglob("*.pickle"))) == 2


def test_answers_that_another_process_removes_are_there_nevertheless(cache, monkeypatch):
    # One that is at work on another state may remove them as soon as they are complete.
    monkeypatch.setattr(type(cache), "replace", lambda self, path: self.unlink())
    assert octave_answers._kept("test_a.py", 1, take) == 1


DAMAGED = "{", "[]", "{}", *map(json.dumps, (sealed({"files": [3]}), sealed({}) | {"files": []}))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        *((text, "it is damaged, or of an earlier version") for text in DAMAGED),
        (json.dumps(sealed({"files": [{"file": "a"}]})), "a module's entry is not complete"),
        (None, "Is a directory"),
    ],
)
def test_what_is_known_must_be_readable(tmp_path, monkeypatch, capsys, text, problem):
    monkeypatch.setattr(__main__, "score", None)  # what is taken is not measured on
    path = tmp_path / "mutation.json"
    path.write_text(text) if text else path.mkdir()
    assert __main__.main(["--out", str(path), "acnn.acnnget"]) == WRONG_REQUEST
    error = capsys.readouterr().err
    assert error.startswith(f"mutation: {path} cannot be read ({problem}): remove it, name another")
    assert error.count("\n") == 1


def test_a_score_that_cannot_be_written_is_refused_before_the_work(monkeypatch, capsys):
    monkeypatch.setattr(__main__, "score", None)
    assert __main__.main(["--out", "/dev/null/mutation.json", "acnn.acnnget"]) == WRONG_REQUEST
    assert "/dev/null cannot be written to (" in capsys.readouterr().err


def test_a_score_that_is_known_is_read_and_written(monkeypatch, tmp_path):
    monkeypatch.setattr(processes, "judge", None)
    path = tmp_path / "mutation.json"
    path.write_text(json.dumps(sealed({"files": [entry(file, [], 10) for file in plan.FILES]})))
    assert __main__.main(["--out", str(path)]) == 0
    assert json.loads(path.read_text())["verdict"] == "pass"


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "²"])
def test_jobs_is_a_number_from_1_on(capsys, jobs):
    with pytest.raises(SystemExit) as stopped:
        __main__.main([f"--jobs={jobs}"])
    assert stopped.value.code == WRONG_REQUEST
    error = capsys.readouterr().err
    assert f"--jobs: got {jobs!r}, expected a whole number from 1 on" in error


def test_an_excuse_that_nothing_needs_is_named(monkeypatch):
    gone = Change("cnn.cnnbp", "f", "a * b", "a / b")
    used = Change("cnn.cnnbp", "f", "a + b", "a - b")
    elsewhere = Change("cnn.cnnff", "f", "a + b", "a - b")
    monkeypatch.setattr(
        score, "excuses", lambda kind: dict.fromkeys([gone, used, elsewhere], "why")
    )
    found = score.summary({"cnn.cnnbp": entry("cnn.cnnbp", [left("why")], 10)})
    assert found["idle_excuses"] == ["cnn.cnnbp f a * b a / b"]
    assert "Excuses that nothing needs any more" in render(found)


def test_an_excuse_of_what_a_kind_of_judge_is_not_asked_about_is_for_another(monkeypatch):
    """A way to take arguments, a call and a condition that only refuse; and one that computes."""
    befores = (
        "@mfile def acnnff(net, x):",
        "checkfeatures(last, net.ffW, net.fv)  # acnnff.m:57",
        "net.o = acnnactivate(net, net.ffW @ net.fv + repmat(net.ffb, 1, count))  # acnnff.m:58",
    )
    functions = ("", "acnnff", "acnnff")
    changes = [
        Change("acnn.acnnff", function, before, "else")
        for function, before in zip(functions, befores, strict=True)
    ]
    monkeypatch.setattr(score, "excuses", lambda kind: dict.fromkeys(changes, "why"))
    monkeypatch.setattr(score, "beyond", lambda kind: set())
    found = score.summary({"acnn.acnnff": entry("acnn.acnnff", [], 10)}, "oracles")
    assert found["idle_excuses"] == [" ".join(changes[2])]
    found = score.summary({"acnn.acnnff": entry("acnn.acnnff", [], 10)}, "tests")
    assert len(found["idle_excuses"]) == 3


def test_excuses_of_faults_with_an_effect_count_as_missed_before_them():
    entries = {file: entry(file, [], 96) for file in plan.KINDS["oracles"]}
    for file in entries:
        entries[file] = entry(file, [left("why") | {"has_effect": True}] * 4, 96)
    found = score.summary(entries, "oracles")
    assert (found["verdict"], found["score_without_equivalents"]) == ("pass", 0.96)
    assert (found["equivalent"], found["beyond"]) == (0, 4 * len(entries))
    assert "more have one of which this judge promises nothing" in render(found)
    assert "With an effect of which this judge promises nothing:" in render(found)
    for file in entries:
        entries[file] = entry(file, [left("why") | {"has_effect": True}] * 6, 94)
    assert score.summary(entries, "oracles")["verdict"] == "fail"


def test_oracles_and_recordings_know_nothing_of_texts_and_of_arguments():
    everything = mutants(["acnn.acnntest"])
    assert plan.judged("tests", everything) == everything
    known = plan.judged("oracles", everything)
    before = {each.change()[1].before for each in everything}
    assert any(text.startswith("raise ") for text in before)
    assert any(text.startswith("@") for text in before)
    assert {each.change()[1].before[0] for each in known}.isdisjoint("@")
    assert not any(each.change()[1].before.startswith("raise ") for each in known)
    assert len(known) > len(everything) / 2


def test_the_modules_of_each_kind_of_judge():
    assert {"acnn.acnnbp", "acnn.acnnff", "acnn.acnnsoftmax"} < {*plan.KINDS["oracles"]}
    assert {"cnn.cnnbp", "util.expand"} < {*plan.KINDS["recordings"]}
    assert not {*plan.UNTRACED} & {*plan.KINDS["oracles"], *plan.KINDS["recordings"]}


@pytest.mark.parametrize(("kind", "found", "verdict"), [
    ("recordings", 84, "fail"), ("recordings", 86, "pass"),
    ("oracles", 94, "fail"), ("oracles", 96, "fail"), ("oracles", 100, "pass"),
    ("tests", 96, "fail"),  # each that is left needs an excuse
])  # fmt: skip
def test_each_kind_has_its_least_score(kind, found, verdict):
    entries = {file: entry(file, [], found) for file in plan.KINDS[kind]}
    for file in entries:
        entries[file] = entry(file, [left(None)] * (100 - found), found)
    assert score.summary(entries, kind)["verdict"] == verdict

"""The mutation score: its own operators, its excuses, and that a trial tells good from bad."""

import json
import os
import pickle
import subprocess
import sys

import pytest
from cosmic_ray.mutating import mutate_code

from dltparity import port_state
from dltparity.exit_codes import WRONG_REQUEST
from dltparity.report import mutation as section
from mutation import __main__, answers, plan, score, trial
from mutation import mutants as mutation
from mutation import processes as judging
from mutation.excuses import excuses
from mutation.mutants import Change, Mutant, StringChanger, mutants


def test_the_examples_of_our_own_operator_hold():
    for example in StringChanger.examples():
        found = mutate_code(example.pre_mutation_code, StringChanger(), example.occurrence)
        assert found == example.post_mutation_code


def test_texts_are_changed_and_docstrings_are_not():
    code = '"""Module."""\n\n\ndef f(x):\n    """Function."""\n    return x == "s" or g(f"a{x}")\n'
    changed = [mutate_code(code, StringChanger(), n) for n in range(3)]
    assert [text and text.splitlines()[-1].strip() for text in changed] == [
        'return x == "XXs" or g(f"a{x}")',
        'return x == "s" or g(f"XXa{x}")',
        None,
    ]


def test_all_line_by_line_files_are_mutated():
    found = mutants(plan.FILES)
    assert {mutant.file for mutant in found} == set(plan.FILES)
    assert len(found) > 3500
    assert len(set(found)) == len(found)
    ported = {path.stem for path in port_state.PORT.glob("*cnn*.py")}
    assert ported | {"matlab", "random"} <= set(plan.FILES)


def test_every_excuse_is_of_one_place_at_most_and_has_a_reason():
    """A statement that stands twice in its function would be excused twice."""
    places = {file: statements(file) for file in plan.FILES}
    for change, reason in excuses().items():
        assert places[change.file].count((change.function, change.before)) <= 1, change
        assert change.after != change.before
        assert len(reason) > 20


def statements(file):
    """List the statements of a module with their functions."""
    path = port_state.PORT / f"{file}.py"
    lines = path.read_text().splitlines()
    numbers = (n for n, line in enumerate(lines, 1) if line.strip() and line.strip()[0] != "#")
    found = {_placed(path, number) for number in numbers}
    joined = (
        (name, [line.strip() for line in lines[first - 1 : last]]) for name, first, last in found
    )
    return [(name, " ".join(texts).strip()) for name, texts in joined]


def _placed(path, number):
    try:
        return mutation._statement(path, number)
    except ValueError:  # the `else` of a compound statement
        return "", 1, 1


def test_a_mutant_is_known_by_its_statement_not_by_its_line(monkeypatch, tmp_path):
    mutant = next(m for m in mutants(["matlab"]) if m.operator.endswith("Add_Sub"))
    line, change = mutant.change()
    shifted = tmp_path / "matlab.py"
    shifted.write_text("# A line more.\n" + mutant.path.read_text())
    monkeypatch.setattr(Mutant, "path", shifted)
    assert mutant.change() == (line + 1, change)


def test_a_change_shows_the_whole_statement_and_its_function():
    for mutant in mutants(["acnnpenalty", "elementary"]):
        line, change = mutant.change()
        text = mutant.path.read_text().splitlines()[line - 1].strip()
        assert text in change.before
        assert change.after != change.before
        assert text.startswith(("@", "def ", "_")) or change.function


def test_every_module_has_tests_of_its_own():
    for file in plan.FILES:
        files = [*plan.own(file), *plan.others(file)]
        assert all((plan.TESTS / name).is_file() for name in files), file
        assert not set(plan.own(file)) & set(plan.others(file))
        assert set(files) == set(plan.tests([file]))


FAULT = Mutant("cnn.cnnapplygrads", "core/ReplaceBinaryOperator_Sub_Add", 1)


def test_a_trial_by_traces_tells_good_from_bad():
    script = (
        "from dltparity.mutation import judging, trial\n"
        "from dltparity.mutation.mutants import Mutant\n"
        f"print(dict(judging.judge([None, {FAULT!r}], trial.try_traces, ('cnn', {{}}), 1)))\n"
    )
    # In an interpreter of its own: a fork of this one would have pytest's threads and hooks.
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert run.stdout == f"{{None: True, {FAULT!r}: False}}\n", run.stderr


@pytest.mark.parametrize("code", [trial.KILLED, -9, 1])
def test_a_trial_that_ends_in_any_other_way_has_found_the_fault(code):
    assert not judging._survived(code)
    assert judging._survived(trial.SURVIVED)


def test_tests_that_pass_alone_are_tried_together_before_they_judge(monkeypatch):
    tried = []
    monkeypatch.setattr(answers, "of_tests", dict.fromkeys)
    monkeypatch.setattr(answers, "of_acnn", dict)
    monkeypatch.setattr(judging, "check_sound", lambda target, given: tried.append(given[0]))
    judges = score._judges(["division", "acnnbp", "acnnnumgradcheck"])
    assert {plan.others("division"), plan.others("acnnbp")} <= set(tried)
    assert () not in tried
    assert [name for name, _, _ in judges["acnnnumgradcheck"]] == [score.OWN]


def entry(file, left, found):
    return {
        "file": file,
        "source": port_state.source(file),
        "date": "today",
        "mutants": found + len(left),
        "found": {score.TRACES: found},
        "left": left,
    }


def left(reason):
    return {
        **{"line": 3, "operator": "o", "occurrence": 0, "reason": reason},
        **Change("cnnbp", "f", "a + b", "a - b")._asdict(),
    }


def test_the_score_counts_excuses_apart():
    entries = {file: entry(file, [], 10) for file in plan.FILES}
    assert score.summary(entries)["verdict"] == "pass"
    entries["cnnbp"] = entry("cnnbp", [left("because"), left(None)], 10)
    found = score.summary(entries)
    total = 10 * len(plan.FILES)
    assert (found["mutants"], found["killed"], found["equivalent"]) == (total + 2, total, 1)
    assert found["score"] == total / (total + 2)
    assert found["score_without_equivalents"] == total / (total + 1)
    assert found["verdict"] == "fail"
    text = section.render(found)
    assert "Survivors:" in text
    assert "because" in text
    entries["cnnbp"] = entry("cnnbp", [left("because")], 10)
    assert score.summary(entries)["verdict"] == "pass"
    del entries["cnnbp"]
    found = score.summary(entries)
    assert (found["verdict"], found["not_measured"]) == ("unfinished", ["cnnbp"])
    assert "Not measured yet: cnnbp.py" in section.render(found)


def test_too_many_excuses_are_no_pass():
    entries = {file: entry(file, [], 10) for file in plan.FILES}
    entries["cnnbp"] = entry("cnnbp", [left("because")] * len(plan.FILES), 10)
    found = score.summary(entries)
    assert (found["verdict"], found["score_without_equivalents"]) == ("fail", 1)


def test_only_what_survived_in_an_unchanged_module_is_judged_again():
    first, *_ = mutants(["acnnget"])
    described = left(None) | {"operator": first.operator, "occurrence": first.occurrence}
    known = entry("acnnget", [described], 5)
    assert score._due("acnnget", known) == ([first], [], {score.TRACES: 5})
    assert score._due("acnnget", known | {"source": "0"}) == (mutants(["acnnget"]), [], {})
    assert score._due("acnnget", None) == (mutants(["acnnget"]), [], {})


def test_what_is_known_of_an_unchanged_module_is_kept_without_a_trial(monkeypatch):
    monkeypatch.setattr(judging, "judge", None)
    known = {"files": [entry("acnnget", [], 5)]}
    kept = []
    found = score.score(["acnnget"], 1, known, None, kept.append)
    assert found == kept[0]
    assert (found["killed"], found["mutants"]) == (5, 5)
    assert found["files"][0]["date"] == "today"


@pytest.fixture
def cache(monkeypatch, tmp_path):
    """A cache of its own."""
    monkeypatch.setattr(answers, "user_cache_path", lambda name: tmp_path)
    monkeypatch.setattr(answers, "_state", lambda name: "here")
    return tmp_path


def take(value, path):
    """Stand for a function of `trial` that writes answers in a fork."""
    path.write_bytes(pickle.dumps(value))
    os._exit(trial.SURVIVED)


def test_answers_of_two_checkouts_do_not_evict_each_other(cache, monkeypatch):
    assert answers._kept("test_a.py", take, (1,)) == 1
    monkeypatch.setattr(answers, "TESTS", cache)
    monkeypatch.setattr(answers, "_state", lambda name: "there")
    assert answers._kept("test_a.py", take, (2,)) == 2
    assert len(list(cache.rglob("*.pickle"))) == 2
    monkeypatch.setattr(answers, "_state", lambda name: "later")
    assert answers._kept("test_a.py", take, (3,)) == 3
    assert answers._kept("test_a.py", None, ()) == 3
    assert len(list(cache.rglob("*.pickle"))) == 2


def test_answers_that_another_process_removes_are_there_nevertheless(cache, monkeypatch):
    """One that is at work on another state may remove them as soon as they are complete."""
    monkeypatch.setattr(type(cache), "replace", lambda self, path: self.unlink())
    assert answers._kept("test_a.py", take, (1,)) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "it is damaged"),
        ("[]", "it is damaged"),
        ("{}", "it is damaged"),
        ('{"files": [3]}', "it is damaged"),
        ('{"files": [{"file": "cnnbp"}]}', "a module's entry is not complete"),
        (None, "Is a directory"),
    ],
)
def test_what_is_known_must_be_readable(tmp_path, capsys, text, said):
    path = tmp_path / "mutation.json"
    path.write_text(text) if text else path.mkdir()
    assert __main__.main(["--out", str(path), "acnnget"]) == WRONG_REQUEST
    error = capsys.readouterr().err
    assert error.startswith(f"mutation: {path} cannot be read ({said}): remove it, name another")
    assert error.count("\n") == 1


def test_a_score_that_cannot_be_written_is_refused_before_the_work(monkeypatch, capsys):
    monkeypatch.setattr(__main__, "score", None)
    assert __main__.main(["--out", "/dev/null/mutation.json", "acnnget"]) == WRONG_REQUEST
    assert "/dev/null cannot be written to (" in capsys.readouterr().err


def test_a_score_that_is_known_is_read_and_written(monkeypatch, tmp_path):
    monkeypatch.setattr(judging, "judge", None)
    path = tmp_path / "mutation.json"
    path.write_text(json.dumps({"files": [entry(file, [], 10) for file in plan.FILES]}))
    assert __main__.main(["--out", str(path)]) == 0
    assert json.loads(path.read_text())["verdict"] == "pass"


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "²"])
def test_jobs_is_a_number_from_1_on(capsys, jobs):
    with pytest.raises(SystemExit) as stopped:
        __main__.main([f"--jobs={jobs}"])
    assert stopped.value.code == WRONG_REQUEST
    said = capsys.readouterr().err
    assert f"--jobs: got {jobs!r}, expected a whole number from 1 on" in said


def test_an_excuse_that_nothing_needs_is_named(monkeypatch):
    gone = Change("cnnbp", "f", "a * b", "a / b")
    used = Change("cnnbp", "f", "a + b", "a - b")
    elsewhere = Change("cnnff", "f", "a + b", "a - b")
    monkeypatch.setattr(score, "excuses", lambda: dict.fromkeys([gone, used, elsewhere], "why"))
    found = score.summary({"cnnbp": entry("cnnbp", [left("why")], 10)})
    assert found["idle_excuses"] == ["cnnbp f a * b a / b"]
    assert "Excuses that nothing needs any more" in section.render(found)

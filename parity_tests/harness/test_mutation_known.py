"""What is judged again where a score is known: nothing, or what survived, by added tests alone."""

import shutil

import pytest

from dltparity import fingerprint
from harness.test_mutation import NOW, entry, left
from mutation import by_tests, plan, processes, score, suite
from mutation.mutants import mutants

MODULE = "acnn.acnnget"
EVERY = score.Due(mutants([MODULE]), [], {})


@pytest.fixture(autouse=True)
def tests(monkeypatch, tmp_path):
    """A cache and a folder with tests of its own: the state of the tests is the folder's name."""
    folder = tmp_path / "one"
    (folder / "acnn").mkdir(parents=True)
    (folder / "conftest.py").write_text("")
    (folder / "acnn" / "test_acnn.py").write_text("import os\n\n\ndef test_a():\n    pass\n")
    monkeypatch.setattr(suite, "TESTS", folder)
    monkeypatch.setattr(suite, "user_cache_path", lambda name: tmp_path / "cache")
    monkeypatch.setattr(fingerprint, "everything", lambda: {"port": "1", "tests": suite.TESTS.name})
    suite.remember("one")
    return folder


@pytest.fixture
def later(tests, monkeypatch):
    """A copy of that folder, which is the one of today."""
    folder = shutil.copytree(tests, tests.with_name("two"))
    monkeypatch.setattr(suite, "TESTS", folder)
    return folder


def known():
    """Return an entry, with one survivor, of the state of the folder 'one'; and that survivor."""
    first, *_ = mutants([MODULE])
    described = left(None) | {"operator": first.operator, "occurrence": first.occurrence}
    return entry(MODULE, [described], 5) | {"depends_on": {"port": "1", "tests": "one"}}, first


def due(kind="tests"):
    return score._due(MODULE, known()[0], fingerprint.everything(), kind)


def test_nothing_is_judged_again_where_nothing_has_changed(monkeypatch):
    assert due() == ([], [known()[1]], {by_tests.TRACES: 5}, set())
    monkeypatch.setattr(processes, "judge", None)
    kept = []
    found = score.score([MODULE], 1, {"files": [known()[0]]}, None, kept.append)
    assert found == kept[0]
    assert (found["killed"], found["mutants"]) == (5, 6)
    assert found["files"][0]["date"] == "today"


def test_everything_is_judged_again_where_anything_but_the_tests_has_changed(monkeypatch):
    assert score._due(MODULE, None, NOW) == EVERY
    monkeypatch.setattr(fingerprint, "everything", lambda: {"port": "2", "tests": "one"})
    assert due() == EVERY


def test_everything_is_judged_again_where_an_excuse_was_taken_away(monkeypatch):
    found, mutant = known()
    _, change = mutant.change()
    found["left"][0] |= change._asdict() | {"reason": "nothing differs"}
    monkeypatch.setattr(score, "excuses", lambda kind: {change: "nothing differs"})
    assert score._due(MODULE, found, fingerprint.everything()).tried == []
    monkeypatch.setattr(score, "excuses", lambda kind: {})
    assert score._due(MODULE, found, fingerprint.everything()) == EVERY


def test_what_has_an_excuse_does_not_meet_the_other_tests():
    mutant = known()[1]
    excused = {mutant.change()[1]: "nothing differs"}
    for judge in (by_tests.TRACES, by_tests.OWN, "the oracles", "recordings"):
        assert score._asked(mutant, judge, excused)
    assert not score._asked(mutant, by_tests.OTHERS, excused)
    assert score._asked(mutant, by_tests.OTHERS, {})


def test_what_survived_is_judged_again_by_added_tests_alone(later):
    with (later / "acnn" / "test_acnn.py").open("a") as file:
        file.write("\n\ndef test_b():\n    pass\n")
    name = "acnn/test_acnn.py"
    assert due() == ([known()[1]], [], {by_tests.TRACES: 5}, {name})
    assert by_tests._groups(MODULE, {name}) == [(by_tests.OTHERS, (name,))]
    # Formulas and recordings ask no test.
    assert due("oracles") == ([], [known()[1]], {by_tests.TRACES: 5}, set())


def test_tests_that_do_not_judge_a_module_do_not_judge_it_where_they_are_added(later):
    (later / "test_of_something_else.py").write_text("X = 1\n\n\ndef test_b():\n    pass\n")
    assert suite.added_since("one") == {"test_of_something_else.py"}
    assert due() == ([], [known()[1]], {by_tests.TRACES: 5}, set())


@pytest.mark.parametrize("name", plan.tests([MODULE]))
def test_a_file_with_tests_may_be_new(later, name):
    if not (later / name).exists():
        (later / name).parent.mkdir(exist_ok=True)
        (later / name).write_text("def test_b():\n    pass\n")
        assert due().by == {name}


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "acnn" / "test_acnn.py").unlink(),
        lambda folder: (folder / "acnn" / "test_acnn.py").write_text("import os\n"),
        lambda folder: (folder / "acnn" / "test_acnn.py").write_text("def test_a():\n    pass\n"),
        lambda folder: (folder / "acnn" / "test_acnn.py").write_text(
            "import os\n\n\ndef test_a():\n    return\n"
        ),
        lambda folder: (folder / "conftest.py").write_text("X = 1\n"),
        lambda folder: (folder / "acnn" / "conftest.py").write_text(""),
    ],
)
def test_everything_is_judged_again_where_more_than_a_test_was_added(later, change):
    change(later)
    assert due() == EVERY


def test_everything_is_judged_again_where_nobody_remembers_the_tests(later):
    shutil.rmtree(later.parent / "cache")
    assert due() == EVERY


def test_a_survivor_that_an_added_test_finds_is_found(later, monkeypatch):
    name = "acnn/test_acnn_added.py"
    (later / name).write_text("def test_b():\n    pass\n")
    entry_then, first = known()
    asked = []

    def judging(files, jobs, work):
        asked.append(files)
        work({MODULE: [(by_tests.OTHERS, lambda mutant: (None, (mutant,)))]})

    def judge(trials, jobs):
        assert [*trials] == [(first, None, (first,))]
        return [(first, False)]

    monkeypatch.setattr(plan, "others", lambda file: (name,))
    monkeypatch.setattr(by_tests, "judging", judging)
    monkeypatch.setattr(processes, "judge", judge)
    found = score.score([MODULE], 1, {"files": [entry_then]}, shown, lambda _: None)
    assert asked == [{MODULE: {name}}]
    assert found["files"][0]["found"] == {by_tests.TRACES: 5, by_tests.OTHERS: 1}
    assert found["files"][0]["left"] == []
    assert found["files"][0]["depends_on"] == {"port": "1", "tests": "two"}


def shown(trials, *_):
    return trials


def test_a_mutant_that_no_judge_reaches_survives(monkeypatch):
    def judging(files, jobs, work):
        work({MODULE: [(by_tests.OWN, lambda mutant: (None, ()))]})

    monkeypatch.setattr(by_tests, "judging", judging)
    found = score.score([MODULE], 1, {}, shown, lambda _: None)
    assert (found["killed"], found["mutants"]) == (0, len(mutants([MODULE])))

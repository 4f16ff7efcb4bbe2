"""The demonstration of combinations in small: figures, words, picture, refusals."""

import sys

import numpy as np
import pytest

from dltparity.cli import main
from dltparity.demo import combinations
from dltparity.exit_codes import BROKEN, KEPT, WRONG_REQUEST


@pytest.fixture
def quick(monkeypatch):
    """A dozen steps instead of hundreds."""
    monkeypatch.setattr(combinations, "EPOCHS", 1)
    monkeypatch.setattr(combinations, "BATCHSIZE", 100)


def content(**changes):
    """What a run that meets every figure gives, with changes."""
    mix = np.full((combinations.MAPS_BELOW, combinations.OUTPUT_MAPS), 1 / combinations.MAPS_BELOW)
    rows = [
        {"penalty": "none", "error": 0.05, "gone": 0.0, "errors": [0.05] * 5},
        {"penalty": "l1", "error": 0.05, "gone": 0.0, "errors": [0.05] * 5},
        {"penalty": "entropy", "error": 0.055, "gone": 0.8, "errors": [0.055] * 5},
    ]
    for key, value in changes.items():
        if key in combinations.SAME:
            continue
        penalty, field = key.split("_")
        rows[combinations.PENALTIES.index(penalty)][field] = value
    same = {"float64": 1e-13, "float32": 1e-6} | {
        k: v for k, v in changes.items() if k in combinations.SAME
    }
    return {
        "splits": [5, 6, 7, 8, 9],
        "rows": rows,
        "same": same,
        "mixes": dict.fromkeys(combinations.PENALTIES, mix.tolist()),
    }


def test_figures_that_are_met_break_nothing():
    assert combinations.broken(content()) == []


def test_the_error_of_few_splits_is_noise_and_not_judged():
    few = {"splits": [5, 6, 7, 8]}
    assert combinations.broken(content(entropy_error=0.08) | few) == []
    assert combinations.broken(content(none_error=0.09) | few) == []
    assert combinations.broken(content(entropy_gone=0.49) | few) != []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"none_error": 0.081, "entropy_error": 0.08}, "without penalty 8.10% are wrong"),
        ({"entropy_gone": 0.49}, "'entropy' takes away 49.0% only"),
        ({"entropy_error": 0.061}, "'entropy' costs 1.10% of test error"),
        ({"float64": 2e-10}, "'l1' moves A by 2.0e-10 in float64"),
        ({"float32": 2e-4}, "'l1' moves A by 2.0e-04 in float32"),
        ({"float64": float("nan")}, "'l1' moves A by nan in float64"),
    ],
)
def test_each_figure_can_fail(changes, words):
    assert combinations.broken(content(**changes)) == [words]


def test_l1_and_no_penalty_train_the_same_net_and_entropy_another(quick):
    none, l1, entropy = (
        combinations.train(combinations.Job(0, penalty, "float64"))
        for penalty in combinations.PENALTIES
    )
    assert np.abs(l1.mix - none.mix).max() <= combinations.SAME["float64"]
    assert np.abs(entropy.mix - none.mix).max() > 1e-6  # what rounding alone could not do


def test_splits_are_paired_and_differ_by_seed():
    first, again, other = combinations.split(0), combinations.split(0), combinations.split(1)
    assert first.train_x.shape == (8, 8, combinations.TRAINED)
    assert first.test_x.shape == (8, 8, 597)
    assert np.array_equal(first.test_x, again.test_x)
    assert not np.array_equal(first.test_x, other.test_x)


@pytest.mark.parametrize("kept", [True, False])
def test_the_command_draws_speaks_and_tells_by_its_exit_code(monkeypatch, tmp_path, capsys, kept):
    gathered = content() if kept else content(entropy_gone=0.1)
    gathered["broken"] = combinations.broken(gathered)
    monkeypatch.setattr(combinations, "gather", lambda seeds, first, progress: gathered)
    code = main(["demo", "combinations", "--seeds", "1", "--out", str(tmp_path)])
    assert code == (KEPT if kept else BROKEN)
    assert (tmp_path / "combinations.png").read_bytes().startswith(b"\x89PNG")
    printed = capsys.readouterr().out
    assert "'l1', the penalty of the notes, cannot change that" in printed
    assert ("FAIL: 'entropy' takes away 10.0% only" in printed) != kept


def test_a_missing_package_is_refused_before_the_training(monkeypatch, tmp_path, capsys):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setattr(combinations, "gather", None)
    assert main(["demo", "combinations", "--out", str(tmp_path)]) == WRONG_REQUEST
    assert "matplotlib is not installed: pip install 'dltcnn[plot]'" in capsys.readouterr().err


def test_no_splits_are_refused(capsys):
    assert main(["demo", "combinations", "--seeds", "0"]) == WRONG_REQUEST
    assert "--seeds 0 was given: expected at least 1" in capsys.readouterr().err


def test_the_first_split_of_all_is_refused_before_0(capsys):
    assert main(["demo", "combinations", "--first", "-1"]) == WRONG_REQUEST
    assert "--first -1 was given: expected at least 0" in capsys.readouterr().err


def test_the_default_splits_had_no_part_in_choosing_the_settings(monkeypatch, quick):
    trained = []

    def train(job):
        trained.append(job.seed)
        return combinations.Trained(
            0.05, np.full((combinations.MAPS_BELOW, combinations.OUTPUT_MAPS), 0.2)
        )

    monkeypatch.setattr(combinations, "train", train)
    found = combinations.gather(2)
    assert set(trained) == {5, 6} == set(found["splits"])
    assert "splits 5 to 6, which had no part" in combinations.paragraph(found)
    assert "split 0, which had a part" in combinations.paragraph(combinations.gather(1, 0))


def test_the_table_has_a_line_for_each_split_and_one_for_the_means():
    lines = combinations.table(content()).splitlines()
    assert [line.split("|")[1].strip() for line in lines[2:]] == [*"56789", "mean"]
    assert "5.50%" in lines[2]

"""dltparity diff: what counts as new, gone, better and worse, and what it refuses."""

import json
import os
from pathlib import Path

import pytest

from both_sides import results as made
from dltparity import cli
from dltparity.results import read

REPORTS = Path(__file__).parents[2] / "reports"


@pytest.fixture
def compared(tmp_path, capsys):
    """Compare two results by the command: exit code, JSON, and the text."""

    def diff(old, new):
        for name, content in (("old", old), ("new", new)):
            (tmp_path / f"{name}.json").write_text(json.dumps(content))
        words = ["diff", str(tmp_path / "old.json"), str(tmp_path / "new.json")]
        code = cli.main(words)
        text = capsys.readouterr().out
        assert cli.main([*words, "--json"]) == code
        return code, json.loads(capsys.readouterr().out), text

    return diff


def changes(content):
    return [(each["change"], each["name"], each["breaks"]) for each in content["changes"]]


def test_the_same_is_0(compared):
    code, content, text = compared(made.run(), made.run())
    assert (code, content["counts"]["same"], content["changes"]) == (0, 1, [])
    assert text.strip().startswith("PASS: 0 gone, 0 worse, 0 new, 0 better, 1 same")


def test_the_stored_report_differs_from_itself_in_nothing(compared):
    content = json.loads((REPORTS / "parity.json").read_text(encoding="utf-8"))
    code, found, _ = compared(content, content)
    assert code == 0 and found["counts"]["same"] > 190 and not found["changes"]


@pytest.mark.parametrize(
    ("after", "why"),
    [
        ([made.case("other")], "it was: pass"),
        ([made.failing()], "pass before, now fail: bp.dffW(2, 5), set by cnnbp.m:50"),
        ([made.case(promise="bound", max_bound_ratio=0.1)], "held to bound, before to bit"),
        ([made.case(fields=249)], "249 fields compared, 250 before"),
        ([made.case(engine="compiled")], "it was: pass"),
        ([made.case(blas="system", promise="bound")], "it was: pass"),
    ],
)
def test_a_lost_promise_or_case_is_1(after, why, compared):
    code, content, text = compared(made.run(), made.run(*after))
    lost = [each for each in content["changes"] if each["breaks"]]
    assert (code, content["lost"], len(lost)) == (1, 1, 1)
    assert why in lost[0]["why"] and why in text
    assert text.splitlines()[-1].startswith("FAIL: ")


def test_a_case_that_is_judged_no_longer_is_lost_even_if_it_failed(compared):
    after = made.run(made.case("other"), not_judged=[made.not_judged()])
    before = made.run(made.case("other"), made.case(engine="compiled"), made.failing())
    code, content, _ = compared(before, after)
    assert code == 1
    assert changes(content) == [("worse", "wide", True)] * 2
    assert "now not judged: of NaN nothing is promised" in content["changes"][0]["why"]


def test_a_case_that_is_judged_now_is_better(compared):
    before = made.run(made.case("other"), not_judged=[made.not_judged()])
    after = made.run(made.case("other"), made.case(), made.case(engine="compiled"))
    code, content, _ = compared(before, after)
    assert (code, changes(content)) == (0, [("better", "wide", False)] * 2)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (made.failing(), made.case(), "better"),
        (made.failing(), {**made.failing(), "different_values": 2}, "better"),
        (made.failing(), {**made.failing(), "different_values": 4}, "worse"),
        (made.case(fields=249), made.case(), "better"),
        (made.case(promise="bound", max_bound_ratio=0.1), made.case(), "better"),
    ],
)
def test_better_and_worse_without_a_loss_is_0(before, after, change, compared):
    code, content, _ = compared(made.run(before), made.run(after))
    assert (code, changes(content)) == (0, [(change, "wide", False)])


def test_ratios_are_compared_under_one_promise(compared):
    before, after = (made.case(promise="bound", max_bound_ratio=ratio) for ratio in (0.1, "inf"))
    _, content, text = compared(made.run(before), made.run(after))
    assert changes(content) == [("worse", "wide", False)]
    assert "inf of what the bound allows, 0.1 of what the bound allows before" in text


@pytest.mark.parametrize(("new", "code"), [(made.case("added"), 0), (made.failing("added"), 1)])
def test_a_new_case_fails_only_where_it_is_broken(new, code, compared):
    found, content, _ = compared(made.run(), made.run(made.case(), new))
    assert (found, changes(content)) == (code, [("new", "added", bool(code))])


def test_a_section_of_the_report_that_breaks_or_goes_is_lost(compared):
    kept = {"determinism": [{"same": True}], "blas": {}, "gradient_test": None}
    broken = {**kept, "determinism": [{"same": False}]}
    before = made.run(determinism=kept)
    for after in (made.run(determinism=broken), made.run()):
        code, content, _ = compared(before, after)
        assert code == 1 and content["changes"][0]["name"] == "determinism"


def test_a_verdict_that_is_lost_alone_is_1(compared):
    assert compared(made.run(), made.run(verdict="fail"))[0] == 1


def test_a_line_of_the_port_goes_with_what_fails(compared, monkeypatch):
    monkeypatch.chdir(REPORTS.parent)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    _, content, _ = compared(made.run(), made.run(made.failing()))
    each = content["changes"][0]
    assert each["file"] == "port/dltcnn/cnn/cnnbp.py"
    line = (REPORTS.parent / each["file"]).read_text().splitlines()[each["line"] - 1]
    assert line.endswith("# cnnbp.m:50")


def test_a_stage_of_a_net_that_is_judged_no_longer_is_lost(compared):
    lost = {"stage": "training", "reason": "Octave was ended", "lost": True}
    code, content, _ = compared(made.verify(), made.verify(not_judged=[lost]))
    assert (code, changes(content)) == (1, [("new", "training", True)])
    code, content, _ = compared(made.verify(), made.verify(made.stage(fields=30)))
    assert code == 1 and "30 fields compared" in content["changes"][0]["why"]


def test_of_a_copy_gradients_and_python_functions_are_promises_and_its_functions_are_not(compared):
    function = {"name": "cnnff", "status": "same", "changes": []}
    moved = {**function, "status": "different", "changes": [{"place": "cnnff.m:17", "code": []}]}
    before = made.toolbox(functions=[function])
    code, content, _ = compared(before, made.toolbox(functions=[moved]))
    assert (code, changes(content)) == (0, [("worse", "cnnff", False)])
    assert "different from cnnff.m:17 on, same before" in content["changes"][0]["why"]
    wrong = made.gradients(loss=None, first_wrong="dk is wrong: from cnnbp.m:26 on")
    code, content, _ = compared(before, made.toolbox(wrong, functions=[function], verdict="wrong"))
    assert code == 1 and "from cnnbp.m:26 on" in content["changes"][0]["why"]
    other = made.toolbox(made.gradients(loss="2 * L"), functions=[function])
    code, content, _ = compared(before, {**other, "verdict": "right for another loss"})
    assert (code, content["changes"][0]["change"]) == (0, "worse")
    held = [
        {"name": "cnnff", "status": each, "wording": "", "line": "", "ratio": ratio}
        for each, ratio in (("same bits", None), ("rounding", 0.2), ("different", 9.0))
    ]
    sides = [made.toolbox(port={"module": "mine", "functions": [each]}) for each in held]
    assert [compared(sides[a], sides[b])[0] for a, b in ((0, 1), (1, 2), (1, 0))] == [1, 1, 0]


def test_pairs_are_compared_by_their_promise(compared):
    before = made.pairs(made.pair(promise="noise", noise_ratio=0.5))
    after = made.pairs(made.pair(promise="noise", noise_ratio=0.75))
    code, content, _ = compared(before, after)
    assert (code, changes(content)) == (0, [("worse", "runmean", False)])
    assert compared(made.pairs(), before)[0] == 1
    assert compared(before, made.pairs(made.pair(inputs=10)))[0] == 0  # bits are more than noise
    assert compared(made.pairs(), made.pairs(made.pair(unstable=1)))[0] == 1


def refused(tmp_path, capsys, content):
    (tmp_path / "good.json").write_text(json.dumps(made.run()))
    file = tmp_path / "bad.json"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    for words in ([file, tmp_path / "good.json"], [tmp_path / "good.json", file]):
        assert cli.main(["diff", *map(str, words)]) == 2
        printed = capsys.readouterr()
        assert printed.out == "" and printed.err.count("\n") == 1
    return printed.err


@pytest.mark.parametrize(
    ("content", "wording"),
    [
        (b"", "is no JSON"),
        (b"\xff\xfe", "is no text"),
        (b"{" * 9, "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
        (b'{"a": ' * 100_000, "is no JSON"),
        (b'{"schema": NaN}', "NaN is no number in JSON"),
        (b"9" * 5000, "is no JSON"),
        ([], "but no object"),
        ({}, "JSON of something else"),
        ({"schema": 1, "promises": [], "verdict": "pass"}, "JSON of something else"),
        ({**made.run(), "schema": 2}, "is of schema 2: expected 1"),
        ({**made.run(), "cases": {}}, "cases is {}: expected a list"),
        ({**made.run(), "cases": [7]}, "cases[0] is 7: expected an object"),
        (made.run(made.case(None)), "cases[0].name is null: expected text"),
        (made.run({"name": "x"}), "cases[0].promise is missing: expected text"),
        (made.run(made.case(promise="hope")), "expected 'bit' or 'bound'"),
        (made.run(made.case(verdict="great")), "expected 'pass' or 'fail'"),
        (made.run(made.case(fields=-1)), "expected a whole number from 0 on"),
        (made.run(made.case(fields=True)), "expected a whole number from 0 on"),
        (made.run(made.case(fields=10**400)), "expected a whole number from 0 on"),
        (made.run(made.case(max_bound_ratio="x")), "expected a number"),
        (made.run(made.case(max_bound_ratio=10**400)), "expected a number"),
        (made.run(made.case(first_divergence=[])), "expected an object"),
        (made.run(made.case(), made.case()), "twice"),
        (made.run(determinism={"rows": 1}), "determinism is not as dltparity run writes it"),
        (made.run(lines=[[]]), "lines is not as dltparity run writes it"),
        (made.run(verdict=1), "verdict is 1: expected text"),
        (made.run(verdict="\x1b[2J" * 99), None),
        (made.pairs(), "expected"),
    ],
)
def test_what_is_no_result_is_2(content, wording, tmp_path, capsys):
    if wording is None:  # a text may hold anything, and moves no cursor
        (tmp_path / "a.json").write_text(json.dumps(content))
        cli.main(["diff", str(tmp_path / "a.json"), str(tmp_path / "a.json")])
        assert "\x1b" not in capsys.readouterr().out
    elif wording == "expected":
        assert "give two of one command" in refused(tmp_path, capsys, content)
    else:
        assert wording in refused(tmp_path, capsys, content)


def test_names_of_others_stay_on_their_line_and_print(compared):
    name = "a\nFAIL\x1b[31m\u200f\ud800"
    code, _, text = compared(made.run(made.case("b"), made.case(name)), made.run(made.case("b")))
    assert code == 1
    assert "\x1b" not in text and "\u200f" not in text
    assert r"a FAIL\x1b[31m\x200f\xd800 (original, reference BLAS, lines): it was" in text


@pytest.mark.parametrize("path", ["a\0/mine.py", "/proc/self/mem/mine.py"])
def test_a_path_that_is_none_is_no_place(path, compared):
    line = "cnnff.m:14 (mine.py:2): z"
    held = {"name": "cnnff", "status": "stops", "wording": "", "line": line, "ratio": None}
    port = {"module": "mine", "functions": [held]}
    after = {**made.toolbox(port=port), "files": [{"path": path}]}
    code, content, _ = compared(made.toolbox(), after)
    assert (code, content["changes"][0]["file"]) == (1, None)


def test_nothing_before_is_2(tmp_path, capsys):
    empty = {**made.run(), "cases": []}
    (tmp_path / "a.json").write_text(json.dumps(empty))
    assert cli.main(["diff", str(tmp_path / "a.json"), str(tmp_path / "a.json")]) == 2
    assert "nothing that could be lost" in capsys.readouterr().err


def test_a_file_without_an_end_is_2(monkeypatch, capsys):
    monkeypatch.setattr(read, "_LARGEST", 1000)
    assert cli.main(["diff", "/dev/zero", "/dev/zero"]) == 2
    assert "more than 1,000 bytes" in capsys.readouterr().err


def test_a_result_may_come_through_a_pipe(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(made.run()))
    reading, writing = os.pipe()  # as of `dltparity diff a.json <(dltparity run --json)`
    with os.fdopen(reading), os.fdopen(writing, "w") as file:
        file.write(json.dumps(made.run()))
        file.close()
        assert cli.main(["diff", str(tmp_path / "a.json"), f"/dev/fd/{reading}"]) == 0


def test_a_file_that_cannot_be_read_is_2(tmp_path, capsys):
    for file in (tmp_path / "none.json", tmp_path):
        assert cli.main(["diff", str(file), str(file)]) == 2
        assert f"{file} cannot be read" in capsys.readouterr().err

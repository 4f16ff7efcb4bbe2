"""What a page is made of: figures of stages, drift, pictures, curves, listings, command lines."""

import argparse
import base64
import shlex
from io import BytesIO
from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib import pyplot

from dltparity import port_state
from dltparity.commands import pair, repeat, run, toolbox, verify
from dltparity.comparison.by_stage import by_stage
from dltparity.comparison.drift import drift
from dltparity.comparison.fields import compare_field
from dltparity.comparison.pictures import DECADES, NOT_FINITE, TOP, Gallery, pictures
from dltparity.page.curves import HEIGHT, WIDTH, curves
from dltparity.page.drifts import drifts
from dltparity.page.engine import decimals
from dltparity.page.listing import cited, listing
from dltparity.page.pixels import sheet
from dltparity.traces.recording import Digest


def traces():
    """Two traces of a net with two kernels, a training of three batches, the same on both sides."""
    rng = np.random.default_rng(0)
    trace = {
        "setup.ffb": np.zeros((2, 1)),
        "ff.layers{1}.a{1}": rng.random((6, 5, 3)),
        "bp.layers{2}.dk{1}{1}": rng.random((3, 3)),
        "bp.layers{2}.dk{1}{2}": rng.random((3, 3)),
        "train.layers{2}.k{1}{1}": rng.random((3, 3, 3)),
        "train.ffb": np.zeros((2, 1, 3)),
        "trained.layers{2}.k{1}{1}": rng.random((3, 3)),
        "trained.layers{2}.k{1}{2}": rng.random((3, 3)),
        "trained.rL": np.array([[3.0, 2.0, 1.5, 1.0]]),
    }
    return trace, {path: value.copy() for path, value in trace.items()}


def levels(text, *shape):
    return np.frombuffer(base64.b64decode(text), np.uint8).reshape(shape)


def test_stages_have_their_worst_field():
    theirs, ours = traces()
    ours["bp.layers{2}.dk{1}{2}"][0, 1] += 0.5
    rows = [compare_field(path, theirs[path], ours[path]) for path in theirs]
    found = by_stage(rows, [row for row in rows if not row.same], {"bp.layers{2}.dk{1}{2}": 7.0})
    assert [each["stage"] for each in found] == ["setup", "ff", "bp", "train", "trained"]
    back = found[2]
    assert (back["fields"], back["values"], back["different"], back["broken"]) == (2, 18, 1, 1)
    assert back["max_abs"] == pytest.approx(0.5) and back["max_bound_ratio"] == 7
    assert back["names"] == {"dk": 2}
    assert [each["field"] for each in back["differing"]] == ["layers{2}.dk"]
    assert not any(each["differing"] for each in found if each is not back)


def test_a_drift_is_that_of_the_worst_weight_before_each_batch():
    theirs, ours = traces()
    assert drift(theirs, ours) == {"batches": 3, "ulp": []}
    unit = np.spacing(theirs["train.layers{2}.k{1}{1}"].max())
    ours["train.layers{2}.k{1}{1}"][1, 1, 1] += 4 * unit
    ours["train.layers{2}.k{1}{1}"][0, 0, 2] = np.nan
    assert drift(theirs, ours) == {"batches": 3, "ulp": [0, 4, 0]}
    theirs["train.layers{2}.k{1}{1}"] = Digest("float64", (3, 3, 3), "", np.zeros(0), np.zeros(0))
    assert drift(theirs, ours) == {"batches": 3, "ulp": []}
    many = np.zeros((1, 1, 1000))
    far = many.copy()
    far[0, 0, 777] = np.spacing(0.0)
    found = drift({"train.ffb": many}, {"train.ffb": far})
    assert found["batches"] == 1000 and len(found["ulp"]) == 100
    assert [n for n, each in enumerate(found["ulp"]) if each] == [77]


def test_pictures_of_the_same_bits_are_kept_once():
    found = pictures(*traces())
    assert [(each["stage"], each["field"], each["maps"]) for each in found["sheets"]] == [
        ("ff", "layers{1}.a", 1),
        ("trained", "layers{2}.k", 2),
    ]
    assert all(each["port"] is each["difference"] is None for each in found["sheets"])
    assert found["rL"]["same"] and found["rL"]["reference"] == [3, 2, 1.5, 1]


def test_a_difference_is_shown_where_it_is_on_a_log_scale():
    theirs, ours = traces()
    kernel = ours["trained.layers{2}.k{1}{2}"]
    kernel[2, 0] += 1e3 * np.spacing(0.9)
    kernel[0, 0] = np.inf
    theirs["trained.layers{2}.k{1}{1}"][1, 1] = ours["trained.layers{2}.k{1}{1}"][1, 1] = np.nan
    theirs["trained.layers{2}.k{1}{1}"][0, 0], ours["trained.layers{2}.k{1}{1}"][0, 0] = 0.0, -0.0
    (shown,) = [each for each in pictures(theirs, ours)["sheets"] if each["stage"] == "trained"]
    assert shown["different"] == 3
    far = levels(shown["difference"], 2, 3, 3)
    assert np.argwhere(far).tolist() == [[0, 0, 0], [1, 0, 0], [1, 2, 0]]
    assert (far[0, 0, 0], far[1, 0, 0]) == (1, TOP)
    first, last = DECADES
    assert far[1, 2, 0] == 1 + round((3 - first) / (last - first) * (TOP - 1))
    assert levels(shown["reference"], 2, 3, 3)[0, 1, 1] == NOT_FINITE
    assert levels(shown["port"], 2, 3, 3)[1, 0, 0] == NOT_FINITE


def test_large_maps_and_many_are_thinned():
    many = {f"ff.layers{{1}}.a{{{n}}}": np.full((100, 50, 2), float(n)) for n in range(1, 31)}
    (shown,) = pictures(many, many)["sheets"]
    assert (shown["maps"], shown["shown"], shown["every"]) == (30, 24, 3)
    assert (shown["rows"], shown["cols"]) == (34, 17)
    assert (shown["low"], shown["high"]) == (1, 24)
    assert levels(shown["reference"], 24, 34, 17)[:, 0, 0].tolist() == sorted(
        {round(n / 23 * TOP) for n in range(24)}
    )


def test_a_sheet_is_a_picture_of_its_levels():
    given = np.array([[[0, TOP], [NOT_FINITE, 0]], [[TOP, TOP], [0, 0]]], np.uint8)
    found = sheet(base64.b64encode(given.tobytes()).decode(), 2, 2, 2, "difference")
    png = base64.b64decode(found["src"].removeprefix("data:image/png;base64,"))
    pixels = np.round(pyplot.imread(BytesIO(png), format="png") * 255).astype(int)
    assert pixels.shape == (2, 5, 4)
    assert pixels[:, 2, 3].tolist() == [0, 0]  # the gap between the maps
    same, most, odd = ([214, 220, 214, 255], [92, 10, 72, 255], [255, 0, 255, 255])
    assert pixels[:, :2].tolist() == [[same, most], [odd, same]]
    assert pixels[:, 3:].tolist() == [[most, most], [same, same]]


def test_curves_leave_gaps_and_keep_zero_apart():
    found = curves({"a": [1.0, None, 3.0, 2.0]})
    assert found["lines"] == {
        "a": [f"0.0,{float(HEIGHT)}", f"{round(WIDTH * 2 / 3, 1)},0.0 {float(WIDTH)},{HEIGHT / 2}"]
    }
    found = curves({"a": [0.0, 1.0, 100.0]}, log=True)
    assert (found["low"], found["high"]) == (1, 100)
    assert [float(point.split(",")[1]) for point in found["lines"]["a"][0].split()] == [
        *(round(HEIGHT * 1.06, 1), HEIGHT, 0)
    ]
    assert curves({"a": [0.0]}, log=True) is None


def test_the_farthest_trainings_come_first():
    case = {"name": "", "reference": "r", "drift": {"batches": 2, "ulp": []}}
    apart = [{**case, "name": str(n), "drift": {"batches": 2, "ulp": [0, n]}} for n in range(1, 11)]
    found = drifts([case, *apart, {**case, "drift": None}])
    assert (found["same"], found["batches"], found["more"]) == (1, 2, 2)
    assert [int(each["name"]) for each in found["shown"]] == [10, 9, 8, 7, 6, 5, 4, 3]


def test_a_listing_has_the_verdict_of_each_line():
    path = port_state.path_of("util.sigm")
    (statement,) = cited("sigm.m:2")
    assert path.read_text().splitlines()[statement["line"] - 1].strip() == statement["code"]
    line = {"line": 2, "python": [statement["line"]], "steps": 3, "values": 9, "different": 1}
    idle = {"line": 5, "python": [], "steps": 0, "values": 0, "different": 0, "note": "idle"}
    entry = {"function": "sigm", "lines": [{**line, "note": ""}, idle], "first_divergence": None}
    found = listing(entry, current=True)
    (row,) = [row for row in found["rows"] if row["at"]]
    assert (row["number"], row["at"], row["kept"]) == (statement["line"], 2, False)
    assert row["code"].strip() == statement["code"]
    assert found["rest"] == [idle]
    assert not any('"""' in row["code"] for row in found["rows"])
    (row,) = listing(entry, current=False)["rows"]
    assert (row["code"], row["at"]) == ("", 2)


@pytest.mark.parametrize(
    ("module", "words"),
    [
        (run, ["--case", "a b", "--case", "c*", "--reference", "acnn", "--out", "x;y"]),
        (run, []),
        (verify, ["it's.mat", "--steps", "3", "--junit", "j.xml"]),
        (toolbox, ["--port", "mine", "--", "-- strange"]),
        (pair, ["p.toml", "--jobs", "2"]),
    ],
)
def test_a_command_line_asks_for_the_same(module, words):
    parser = argparse.ArgumentParser()
    module.arguments(parser)
    args = parser.parse_args(words)
    args.say = "what cli.py adds is no part of it"
    line = repeat.line("name", args, module.arguments)
    assert shlex.split(line)[:2] == ["dltparity", "name"]
    again = parser.parse_args(shlex.split(line)[2:])
    assert vars(again) == {n: value for n, value in vars(args).items() if n != "say"}
    assert len(shlex.split(line)) == 2 + len(words)


def test_hexadecimal_values_in_sentences_are_told_in_decimal_too():
    wording = decimals("y(1) is 0x1.8000000000000p+1 in Octave, -0x0.0p+0 in Python, 0xfeed")
    assert (
        wording
        == "y(1) is 0x1.8000000000000p+1 (3.0) in Octave, -0x0.0p+0 (-0.0) in Python, 0xfeed"
    )


def test_a_gallery_shows_a_failure_and_the_longest_training_on_real_images():
    gallery, both = Gallery(), traces()
    for name, verdict, source, batches in (
        *(("a", "pass", "random", 5), ("b", "pass", "digits", 3), ("c", "pass", "random", 9)),
        *(("d", "pass", "digits", 4), ("e", "fail", "digits", 99), ("f", "fail", "digits", 9)),
        *(("g", "pass", "random", 7), ("h", "pass", "digits", 5)),
    ):
        case = SimpleNamespace(name=name, layers="", source=source)
        drift = {"batches": batches, "ulp": []}
        result = SimpleNamespace(
            case=case, verdict=verdict, drift=drift, reference="r", engine="lines"
        )
        gallery.offer(result, *both)
    assert [each["name"] for each in gallery.entries] == ["e", "h"]


def test_statements_of_one_line_share_its_verdict():
    first, second = cited("cnnff.m:7")
    line = {"line": 7, "python": [second["line"]], "steps": 3, "values": 9, "different": 0}
    entry = {"function": "cnnff", "lines": [{**line, "note": ""}], "first_divergence": None}
    for different in (0, 1):
        entry["lines"][0]["different"] = different
        rows = {row["number"]: row for row in listing(entry, current=True)["rows"]}
        assert [n for n, row in rows.items() if row["at"]] == [first["line"], second["line"]]
        assert all(rows[each["line"]]["kept"] is not bool(different) for each in (first, second))
        assert (rows[first["line"]]["values"], rows[second["line"]]["values"]) == (None, 9)


def test_the_first_difference_of_a_listing_marks_its_statement():
    (statement,) = cited("sigm.m:2")
    entry = {"function": "sigm", "lines": []}
    for line in (statement["line"], None):
        first = {"python": line, "line": 2}
        rows = listing({**entry, "first_divergence": first}, current=True)["rows"]
        marked = [(row["number"], row["at"], row["kept"]) for row in rows if row["at"]]
        assert marked == ([(line, 2, False)] if line else [])
    assert listing({**entry, "function": "nosuch", "first_divergence": None}, True)["rows"] == []

"""Line-level parity against the live original: every statement of the core functions."""

import numpy as np
import pytest

from both_sides.planted_faults import broken_port
from dltparity.cases.standard import Case, standard
from dltparity.lines import octave_side, watch
from dltparity.lines.section import CASES, gather
from dltparity.octave.session import Octave
from dltparity.original import cache
from dltparity.original.pin import pinned
from dltparity.report.lines import render
from dltparity.traces.references import acnn_folder

LINES = {file.name: file for file in pinned().files}
ALL = (*watch.CORE, "cnntrain", "cnntest", "sigm", "expand", "flipall")
REFUSALS = {
    "cnntrain": {5},
    "expand": {36, 42, 44},
}  # they raise: test_refusals_train, test_util


@pytest.fixture(scope="module")
def content(original_session):
    return gather()


def test_all_executable_lines_of_the_core_functions_run_and_are_equal(content):
    assert content["cases"] == ["example", "last-c"]
    for entry in content["functions"]:
        assert entry["verdict"] == "pass", entry["first_divergence"]
        file = LINES[f"{entry['function']}.m"]
        assert tuple(line["line"] for line in entry["lines"]) == file.lines
        ran = tuple(line["line"] for line in entry["lines"] if line["steps"])
        assert ran == file.ported_lines
        # cnnff.m:31 sets an empty array: its class and size are compared.
        idle = {line["line"] for line in entry["lines"] if line["steps"] and not line["values"]}
        assert idle == ({31} if entry["function"] == "cnnff" else set())
    assert sum(line["values"] for e in content["functions"] for line in e["lines"]) > 2_000_000


def test_the_section_shows_them(content):
    text = render(content)
    assert "| cnnbp.m:51 | cnnbp.py:" in text
    assert "checks Octave's version" in text
    assert "79 of 80 executable lines ran" in text


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("case", ["special-values-single", "scale-3", "uint8-images"])
def test_functions_are_equal_on_other_cases(original_session, name, case):
    folders = cache.octave_paths(cache.require_original())
    (chosen_case,) = [each for each in standard() if each.name == case]
    trace = watch.trace(original_session, folders, watch.function(name), chosen_case)
    assert trace.kept, trace.divergence
    if name not in watch.CORE:
        assert set(trace.idle) == REFUSALS.get(name, set())


def test_a_fault_in_a_late_line_is_named_by_its_line(original_session):
    folders = cache.octave_paths(cache.require_original())
    chosen = watch.function("cnnbp")
    (case,) = [each for each in standard() if each.name == "example"]
    with broken_port("cnnbp", "mean(net.od, 2)", "mean(net.od, 2) * (1 + 2**-52)"):
        trace = watch.trace(original_session, folders, chosen, case)
    assert (trace.divergence.line, trace.divergence.row.field) == (51, "net.dffb")
    cited = chosen.python.read_text().splitlines()[trace.divergence.python - 1]
    assert cited.endswith("# cnnbp.m:51")
    assert [row.line for row in trace.rows if row.different] == [51]


def test_watching_changes_neither_the_files_nor_the_results(original_session):
    folders = cache.octave_paths(cache.require_original())
    case = Case("watched", "2c3-2s", 8, 8, images=4, batchsize=4)
    file = watch.function("cnnff").matlab(folders)
    before = file.read_bytes()
    events = octave_side.events(original_session, "cnn", file, case, "step")
    watched = original_session.fields("step")
    assert file.read_bytes() == before
    original_session.eval(
        "step = cnnff(net, in.x); step = cnnbp(step, in.y); step = cnnapplygrads(step, opts);"
        "dlt_where = which('cnnff');"
    )
    assert original_session.pull("dlt_where") == str(file)
    plain = original_session.fields("step")
    assert plain.keys() == watched.keys()
    assert all(np.array_equal(plain[path], watched[path]) for path in plain)
    assert len(events) > 20


ACNN = (
    *("setup", "ff", "bp", "applygrads", "train", "test", "activate", "count", "delta", "loss"),
    *("check", "fits", "targets"),
)


@pytest.mark.octave
@pytest.mark.parametrize("name", [f"acnn{stem}" for stem in ACNN])
def test_this_projects_own_functions_are_equal_line_by_line(name):
    chosen = watch.function(name)
    with Octave(paths=[acnn_folder()]) as session:
        for case in ("last-c", "wide-single"):
            (case,) = [each for each in standard() if each.name == case]
            trace = watch.trace(session, [acnn_folder()], chosen, case)
            assert trace.kept, trace.divergence


def test_the_default_cases_exist():
    assert set(CASES) <= {case.name for case in standard()}

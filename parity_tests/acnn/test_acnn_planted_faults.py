"""Faults planted into the .m files of acnn: the comparison must name the right field first."""

import pytest

from dltparity.comparison.acnn_rows import compare_acnn, first_acnn_divergence
from dltparity.equations.cases import CASES
from dltparity.traces.acnn import octave_trace, port_trace
from dltparity.traces.references import acnn_folder

# name: file, right, wrong, case, the first field that differs.
FAULTS = {
    "kernels not turned below a combination": (
        "acnnbp.m",
        "convn(above.d{j}, rot180(k), 'full')",
        "convn(above.d{j}, k, 'full')",
        "combination-pairs",
        "step1.layers{4}.d{1}",
    ),
    "entropy's gradient without its second term": (
        "acnnpenalty.m",
        "dc = -lam * (A .* bsxfun(@minus, lnA, sum(AlnA, 1)));",
        "dc = -lam * (A .* lnA);",
        "combination-entropy",
        "step1.layers{3}.dc",
    ),
    "a plain average's gradient divided by one side of its window": (
        "acnnbp.m",
        "g{i} = up / prod(s);",
        "g{i} = up / s(1);",
        "combination",
        "step1.layers{3}.d{1}",
    ),
    "images in reverse order in the gradient of a kernel": (
        "acnnbp.m",
        "a(end : -1 : 1, end : -1 : 1, end : -1 : 1)",
        "a(end : -1 : 1, end : -1 : 1, :)",
        "notes",
        "step1.layers{2}.dk{1}{1}",
    ),
    "the deviation divided by n": (
        "acnnsetup.m",
        "max(numel(x) - 1, 1)",
        "max(numel(x), 1)",
        "notes",
        "setup.sigma",
    ),
    "an output weight off by its last place": (
        "acnnapplygrads.m",
        "net.(name) = descend(net.(name), net.(['d' name]), alpha, where);",
        "net.(name) = descend(net.(name), net.(['d' name]), alpha, where) * (1 + eps);",
        "notes",
        "step1.ffb",
    ),
}


def first(session, case):
    """The first field in which the port and a session part."""
    rows = compare_acnn(octave_trace(session, case), port_trace(case))
    assert rows
    row = first_acnn_divergence(rows)
    return row and row.field


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_an_m_file_is_named(acnn_session, tmp_path, fault):
    file, right, wrong, case, field = FAULTS[fault]
    text = (acnn_folder() / file).read_text(encoding="utf-8")
    assert text.count(right) == 1, "the fault must hit one place"
    (tmp_path / file).write_text(text.replace(right, wrong), encoding="utf-8")
    acnn_session.eval(f"addpath('{tmp_path}');")
    try:
        assert first(acnn_session, CASES[case]) == field
    finally:
        acnn_session.eval(f"rmpath('{tmp_path}');")


@pytest.mark.parametrize("name", sorted({case for _, _, _, case, _ in FAULTS.values()}))
def test_without_a_fault_nothing_is_named(acnn_session, name):
    assert first(acnn_session, CASES[name]) is None

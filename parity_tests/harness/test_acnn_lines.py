"""Every statement of an acnn file cites the line of its .m, and the lines come in their order."""

from itertools import groupby

import pytest

from dltparity import port_state
from dltparity.original import mcode
from dltparity.original.citations import citations
from dltparity.traces.references import acnn_folder

STEMS = sorted(path.stem for path in acnn_folder().glob("*.m"))


@pytest.mark.parametrize("stem", STEMS)
def test_the_citations_are_the_executable_lines_in_order(stem):
    cited = citations(port_state.path_of(f"acnn.{stem}"))
    assert {c.file for c in cited} == {f"{stem}.m"}, "a statement cites nothing or another file"
    lines = [line for line, _ in groupby(c.line for c in cited)]
    text = (acnn_folder() / f"{stem}.m").read_text(encoding="utf-8")
    assert lines == list(mcode.executable_lines(text))


@pytest.mark.parametrize("stem", STEMS)
def test_both_files_have_the_same_functions_in_the_same_order(stem):
    text = (acnn_folder() / f"{stem}.m").read_text(encoding="utf-8")
    theirs = [line for line in text.splitlines() if line.startswith("function")]
    names = [line.split("=")[-1].removeprefix("function").split("(")[0].strip() for line in theirs]
    ours = list(dict.fromkeys(c.function for c in citations(port_state.path_of(f"acnn.{stem}"))))
    assert ours == names


def test_each_acnn_file_has_its_counterpart():
    assert [name.removeprefix("acnn.") for name in port_state.modules("acnn")] == STEMS
    assert {"acnnsetup", "acnnff", "acnnbp", "acnnapplygrads", "acnntrain", "acnntest"} < {*STEMS}


def statements(text):
    """List the executable lines with their code, each on one line."""
    numbers = mcode.executable_lines(text)
    return [
        (line.first, " ".join(line.code.replace("...\n", " ").split()))
        for line in mcode.lines(text)
        if line.first in numbers
    ]


SOURCE = """function y = f(x)
% Comment
    y = x';  % a comment behind a transpose
    if strcmp(y, '50% of')
        y = [1, ...
             2];
    else
        for i = 1 : 3
        end
    end
end
"""


def test_the_parser_finds_statements_and_headers():
    assert statements(SOURCE) == [
        (3, "y = x';"),
        (4, "if strcmp(y, '50% of')"),
        (5, "y = [1, 2];"),
        (8, "for i = 1 : 3"),
    ]

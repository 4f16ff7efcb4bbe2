"""Every statement of a ported file cites the line it ports, and the lines come in their order."""

import ast
from itertools import groupby
from pathlib import Path

import pytest

from dltparity import port_state
from dltparity.comparison import set_by
from dltparity.original.cache import require_original
from dltparity.original.citations import citations
from dltparity.original.mcode import executable_lines
from dltparity.original.pin import pinned
from dltparity.traces.references import acnn_folder
from dltparity.traces.trace import STAGES

PORTED = {file.path: file for file in pinned().files if not file.not_ported}


def python_file(path):
    """Where a file of the original is ported."""
    return port_state.path_of(port_state.module_of(Path(path).stem))


ACNN = [port_state.path_of(name) for name in port_state.modules("acnn")]


def cited(path, name):
    """The lines of a .m file that a Python file cites, consecutive repeats merged."""
    lines = (c.line for c in citations(path) if c.file == name)
    return [line for line, _ in groupby(lines)]


@pytest.mark.parametrize("path", PORTED)
def test_the_citations_are_the_executable_lines_in_order(path):
    file = PORTED[path]
    assert tuple(cited(python_file(path), file.name)) == file.ported_lines


@pytest.mark.original
@pytest.mark.parametrize("path", PORTED)
def test_the_citations_are_the_lines_of_the_file_itself(path):
    file = PORTED[path]
    omitted = {entry.line for entry in file.omitted}
    code = (require_original() / path).read_text(encoding="utf-8")
    lines = [line for line in executable_lines(code) if line not in omitted]
    assert cited(python_file(path), file.name) == lines


@pytest.mark.parametrize("path", ACNN, ids=lambda path: path.name)
def test_this_projects_own_files_are_cited_line_by_line(path):
    file = acnn_folder() / f"{path.stem}.m"
    assert cited(path, file.name) == list(executable_lines(file.read_text(encoding="utf-8")))


PYTHON_FILES = sorted({python_file(path) for path in PORTED} | set(ACNN))


@pytest.mark.parametrize("path", PYTHON_FILES, ids=lambda path: path.name)
def test_every_statement_cites_a_line(path):
    missing = [c for c in citations(path) if c.file is None]
    assert not missing


def test_all_seven_functions_and_their_helpers_are_ported():
    stems = {Path(path).stem for path in PORTED}
    cnn = {"cnnsetup", "cnnff", "cnnbp", "cnnapplygrads", "cnntrain", "cnntest", "cnnnumgradcheck"}
    assert stems == cnn | {"sigm", "expand", "flipall"}


def test_a_field_is_set_by_the_statement_whose_line_is_named():
    """The table of lines agrees with what the port's statements assign."""
    rules = [(line, name) for (_, name), line in set_by._SET_BY.items()]
    rules += [(line, name) for (_, name, _), line in set_by._SET_BY_KIND.items()]
    rules += [("cnnbp.m:11", "fvd"), ("cnnbp.m:13", "fvd"), ("cnnbp.m:20", "d")]
    for line, name in rules:
        file, number = line.split(":")
        found = [
            target
            for c in citations(python_file(file))
            if c.line == int(number)
            for target in targets(c.code)
        ]
        assert name in found, f"{line} does not assign {name}"


def targets(code):
    """The last names that a statement assigns."""
    names = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                while isinstance(target, ast.Subscript):
                    target = target.value
                names.append(getattr(target, "attr", getattr(target, "id", None)))
    return names


SPEC = ({"type": "i"}, {"type": "c"}, {"type": "s"}, {"type": "c"})


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("setup.layers{2}.k{1}{1}", "cnnsetup.m:20"),
        ("setup.layers{3}.b{1}", "cnnsetup.m:11"),
        ("ff.layers{1}.a{1}", "cnnff.m:3"),
        ("ff.layers{2}.a{2}", "cnnff.m:17"),
        ("ff.layers{3}.a{2}", "cnnff.m:25"),
        ("bp.fvd", "cnnbp.m:13"),
        ("bp.layers{4}.d{1}", "cnnbp.m:20"),
        ("bp.layers{3}.d{1}", "cnnbp.m:34"),
        ("bp.layers{2}.d{1}", "cnnbp.m:26"),
        ("train.layers{2}.k{1}{1}", "cnnapplygrads.m:6"),
        ("train.ffW", "cnnapplygrads.m:13"),
        ("trained.o", "cnnff.m:37"),
        ("trained.rL", "cnntrain.m:22"),
        ("test.bad", "cnntest.m:6"),
        ("setup.layers{2}.outputmaps", None),
    ],
)
def test_a_field_names_its_line(field, line):
    assert field.split(".")[0] in STAGES
    assert set_by.set_by(field, SPEC) == line

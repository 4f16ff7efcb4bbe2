"""Mutants: our own operators, how one is known again, and the excuses for some."""

import ast

import pytest
from cosmic_ray.mutating import mutate_code

from dltparity import port_state
from mutation import plan
from mutation.excuses import excuses
from mutation.mutants import (
    MatrixProductReplacer,
    Mutant,
    StringChanger,
    _statement,
    mutants,
)


@pytest.mark.parametrize("operator", [StringChanger, MatrixProductReplacer])
def test_the_examples_of_our_own_operators_hold(operator):
    for example in operator.examples():
        found = mutate_code(example.pre_mutation_code, operator(), example.occurrence)
        assert found == example.post_mutation_code


def test_texts_are_changed_and_docstrings_are_not():
    code = '"""Module."""\n\n\ndef f(x):\n    """Function."""\n    return x == "s" or g(f"a{x}")\n'
    changed = [mutate_code(code, StringChanger(), n) for n in range(3)]
    assert [text and text.splitlines()[-1].strip() for text in changed] == [
        'return x == "XXs" or g(f"a{x}")',
        'return x == "s" or g(f"XXa{x}")',
        None,
    ]


def test_decorators_are_no_products():
    code = "@mfile\ndef f(a, b):\n    return a @ b\n"
    assert mutate_code(code, MatrixProductReplacer(), 0).splitlines()[2].strip() == "return a * b"
    assert mutate_code(code, MatrixProductReplacer(), 1) is None


def test_what_is_no_python_is_no_mutant():
    name = "core/ReplaceUnaryOperator_USub_Not"
    made = {each for each in mutants(["matlab.subscripts"]) if each.operator == name}
    every = [Mutant("matlab.subscripts", name, n) for n in range(len(made) + 1)]
    with pytest.raises(SyntaxError):
        for each in every:
            if each not in made:
                ast.parse(each.source())
    for each in made:
        ast.parse(each.source())


def test_all_line_by_line_files_are_mutated():
    found = mutants(plan.FILES)
    assert {mutant.file for mutant in found} == set(plan.FILES)
    assert len(found) > 3500
    assert len(set(found)) == len(found)
    ported = port_state.modules("cnn", "util", "acnn")
    assert {*ported, "matlab.operators", "matlab.rand"} <= set(plan.FILES)


def test_every_excuse_is_of_one_place_at_most_and_has_a_reason():
    """A statement that stands twice in its function would be excused twice."""
    places = {file: statements(file) for file in plan.FILES}
    for change, reason in excuses().items():
        assert places[change.file].count((change.function, change.before)) <= 1, change
        assert change.after != change.before
        assert len(reason) > 20


def statements(file):
    """List the statements of a module with their functions."""
    path = port_state.path_of(file)
    lines = path.read_text().splitlines()
    numbers = (n for n, line in enumerate(lines, 1) if line.strip() and line.strip()[0] != "#")
    found = {_placed(path, number) for number in numbers}
    joined = (
        (name, [line.strip() for line in lines[first - 1 : last]]) for name, first, last in found
    )
    return [(name, " ".join(texts).strip()) for name, texts in joined]


def _placed(path, number):
    try:
        return _statement(path, number)
    except ValueError:  # the `else` of a compound statement
        return "", 1, 1


def test_a_mutant_is_known_by_its_statement_not_by_its_line(monkeypatch, tmp_path):
    mutant = next(m for m in mutants(["matlab.operators"]) if m.operator.endswith("Add_Sub"))
    line, change = mutant.change()
    shifted = tmp_path / "operators.py"
    shifted.write_text("# A line more.\n" + mutant.path.read_text())
    monkeypatch.setattr(Mutant, "path", shifted)
    assert mutant.change() == (line + 1, change)


def test_a_change_shows_the_whole_statement_and_its_function():
    for mutant in mutants(["acnn.acnnpenalty", "matlab.rand"]):
        line, change = mutant.change()
        text = mutant.path.read_text().splitlines()[line - 1].strip()
        assert text in change.before
        assert change.after != change.before
        assert text.startswith(("@", "def ", "_")) or change.function

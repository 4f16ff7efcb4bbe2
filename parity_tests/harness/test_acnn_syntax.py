"""The acnn files are MATLAB as well as Octave: no MATLAB is at hand, so their text is read."""

import re

import pytest

from dltparity.original import mcode
from dltparity.traces.references import acnn_folder

FILES = sorted(acnn_folder().glob("*.m"))

# Functions of MATLAB that the files call, all of them in R2013a, the oldest release meant.
# The youngest is strjoin (R2013a); no operator expands its operands, which needs R2016b.
MATLAB = {
    *("abs", "all", "any", "bsxfun", "ceil", "cell", "class", "convn", "double", "error"),
    *("exp", "false", "Inf"),
    *("find", "floor", "ischar", "iscell", "isempty", "isequal", "isfield", "isfloat", "islogical"),
    *("isnumeric", "isscalar", "isstruct", "log", "mat2str", "max", "mean", "min", "minus"),
    *("nargin", "ndims", "numel", "ones", "prod", "rand", "randperm", "rdivide", "repmat"),
    *("reshape", "rmfield", "sign", "size", "sprintf", "sqrt", "strcmp", "strjoin", "struct"),
    *("sum", "times", "true", "zeros"),
}
KEYWORDS = {"function", "if", "elseif", "else", "for", "end"}
# What Octave reads and MATLAB does not, outside of text and comments.
OCTAVE_ONLY = re.compile(
    r"""[#"!]                              # comments, text, not
    |\+\+|--|[-+*/^|&]=                    # increments and assignments in place
    |\*\*|\\$                             # power, continuation
    |\)\s*\(|\)\s*\{|\]\s*\(                # a subscript behind a call or a matrix
    |\b(end\w+|do|until|unwind_protect|printf|puts|disp|fdisp|global|persistent|eval)\b
    |(?<![=~<>])=(?!=)[^=]*(?<![=~<>])=(?!=)   # two assignments in a statement
    """,
    re.VERBOSE,
)


def octave_only(text):
    """List the lines that MATLAB would not read."""
    found = []
    for line in mcode.lines(text):
        loop = re.match(r"\s*for\b", line.bare)  # its range may have commas
        parts = [line.bare] if loop else [bare for _, bare in mcode.statements(line)]
        if any(OCTAVE_ONLY.search(re.sub(r"\.\.\.\s*", " ", part)) for part in parts):
            found.append(line.first)
    # The parser takes # for a comment, and \" for text, as Octave does.
    for number, line in enumerate(text.splitlines(), 1):
        code = re.sub(r"(?<![\w)\]}.'])'(?:[^'\n]|'')*'", "0", line).partition("%")[0]
        if "#" in code or '"' in code:
            found.append(number)
    return sorted(set(found))


def unknown(text, files):
    """List the names that are neither MATLAB's nor set, declared or a file of the family."""
    bare = "\n".join(re.sub(r"\.\.\.", "", line.bare) for line in mcode.lines(text))
    bare = re.sub(r"0{2,}", "", bare)
    names = set(re.findall(r"(?<![\w.])[A-Za-z]\w*", bare))
    declared = set()
    for header in re.findall(r"^function (.*)$", bare, re.MULTILINE):
        declared |= set(re.findall(r"\w+", header))
    declared |= set(re.findall(r"^\s*(?:for\s+)?([A-Za-z]\w*)[^=\n;]*=(?!=)", bare, re.MULTILINE))
    for several in re.findall(r"^\s*\[([^]]*)\]\s*=(?!=)", bare, re.MULTILINE):
        declared |= set(re.findall(r"[A-Za-z]\w*", several))
    for handle in re.findall(r"@\(([^)]*)\)", bare):
        declared |= set(re.findall(r"\w+", handle))
    return names - KEYWORDS - MATLAB - declared - files


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_has_nothing_that_only_octave_reads(path):
    assert octave_only(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_calls_functions_that_matlab_has(path):
    files = {path.stem for path in FILES}
    assert unknown(path.read_text(encoding="utf-8"), files) == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_block_and_function_is_closed_by_its_end(path):
    opened = closed = 0
    for line in mcode.lines(path.read_text(encoding="utf-8")):
        word = re.match(r"\s*(\w+)", line.bare)
        opened += bool(word) and word[1] in {"function", "if", "for", "while", "switch", "try"}
        closed += bool(re.fullmatch(r"\s*end;?", line.bare))
    assert opened == closed > 0


def test_the_first_function_of_a_file_has_its_name():
    for path in FILES:
        header = path.read_text(encoding="utf-8").splitlines()[0]
        assert re.match(rf"function (?:\S+ = |\[[^]]*\] = )?{path.stem}\(", header), path


@pytest.mark.parametrize(
    "code",
    [
        "x = 1;  # a comment",
        'x = "text";',
        "if !x",
        "if x != 1",
        "x += 1;",
        "x++;",
        "x = y ** 2;",
        "endif",
        "endfunction",
        "printf('%d', x);",
        "y = f(x)(1);",
        "y = [1 2](1);",
        "a = b = 2;",
        "unwind_protect",
        "do",
        "y = f(x){1};",
    ],
)
def test_the_check_finds_what_only_octave_reads(code):
    assert octave_only(f"function f(x)\n    {code}\nend\n") == [2]


@pytest.mark.parametrize(
    "code",
    [
        "x = y';  % it's \"quoted\" # !",
        "error('a:b', 'x += 1; # \"no\"');",
        "if x ~= 1 && y == 2 && z >= 3 && w <= 4",
        "net.(name) = y(1 : end, :);",
        "y = x{i}(1);",
        "for i = 1 : 3",
        "y = [x (1)];  % a row",
    ],
)
def test_the_check_lets_pass_what_both_read(code):
    assert octave_only(f"function f(x)\n    {code}\nend\n") == []


def test_the_check_finds_a_function_that_matlab_does_not_have():
    assert unknown("function y = f(x)\n    y = columns(x);\nend\n", set()) == {"columns"}
    assert unknown("function y = f(x)\n    y = merge(x, 'merge', x);\nend\n", set()) == {"merge"}

"""The list of the original's files: whole, with their hashes and executable lines."""

import re

import pytest

from dltparity.original import cache
from dltparity.original.mcode import executable_lines
from dltparity.original.pin import pinned


def test_every_file_is_pinned_once_and_completely():
    files = pinned().files
    assert re.fullmatch("[0-9a-f]{40}", pinned().commit)
    assert len({file.path for file in files}) == len(files) == 13
    for file in files:
        assert re.fullmatch("[0-9a-f]{64}", file.sha256), file.path
        assert list(file.lines) == sorted(set(file.lines)) != [], file.path
        assert {omitted.line for omitted in file.omitted} <= set(file.lines), file.path
        assert all(omitted.reason for omitted in file.omitted), file.path


def test_ported_lines_leave_out_what_is_omitted():
    omitted = {file.name: set(file.lines) - set(file.ported_lines) for file in pinned().files}
    assert {name: lines for name, lines in omitted.items() if lines} == {
        "cnnsetup.m": {2},
        "cnntrain.m": {10, 24},
        "isOctave.m": {3},
        "myOctaveVersion.m": {3, 4, 6},
        "test_cnn_gradients_are_numerically_correct.m": {2, 3, 4, 11, 13, 14, 15},
    }


def test_executable_lines_of_a_made_up_file():
    code = """function f(x)  % not this one
% nor this
a = {          %% 3
    '% not a comment', (1)
};
if x', b = [x' '%'];   % 6
elseif x == ...  7
        1
    disp("%");  % 9
else
end
endfunction
"""
    assert executable_lines(code) == (3, 6, 7, 9)


@pytest.mark.original
@pytest.mark.parametrize("file", pinned().files, ids=lambda file: file.name)
def test_lines_are_those_of_the_original(file):
    code = (cache.require_original() / file.path).read_text(encoding="utf-8")
    assert executable_lines(code) == file.lines

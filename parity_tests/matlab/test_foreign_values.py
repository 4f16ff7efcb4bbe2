"""Foreign: what MATLAB has and Python has not. No Octave is needed."""

import copy
import dataclasses

import pytest

from dltcnn.matlab.foreign import Foreign

HANDLE = Foreign("a function handle, @(x)x", b"raw", ">", b"objects")


def test_it_shows_what_it_is_and_no_bytes():
    assert repr(HANDLE) == "Foreign(description='a function handle, @(x)x')"


def test_it_cannot_be_changed_so_that_copies_are_the_same_one():
    with pytest.raises(dataclasses.FrozenInstanceError):
        HANDLE.raw = b""
    assert copy.deepcopy([HANDLE])[0] is HANDLE


def test_two_are_equal_where_all_bytes_are():
    assert dataclasses.replace(HANDLE) == HANDLE
    for other in ({"raw": b""}, {"order": "<"}, {"objects": b""}, {"description": "another"}):
        assert dataclasses.replace(HANDLE, **other) != HANDLE


def test_without_an_element_there_are_no_bytes():
    assert dataclasses.astuple(Foreign("an object")) == ("an object", b"", "<", b"")

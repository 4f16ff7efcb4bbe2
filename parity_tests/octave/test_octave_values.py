"""What crosses between Python and an Octave session, and what is printed."""

import numpy as np
import pytest

from dltparity.octave.session import Octave, OctaveDied, OctaveError
from octave.processes import bits, shown

live = pytest.mark.octave


VALUES = {
    "double": np.array([[0.0, -0.0, np.inf, -np.inf, np.nan, 5e-324, -1e-310, np.pi, 1e308]]),
    "single": np.array([[0.0, -0.0, np.inf, -np.inf, 1e-45, -1e-40, np.pi]], np.float32),
    "whole": np.array([[0.0, -0.0], [1.0, -0.0]]),  # a MAT file may hold these as integers
    "logical": np.array([[True], [False], [True]]),
    **{
        f"class_{name}": np.array([[np.iinfo(name).min, 3, np.iinfo(name).max]], name)
        for name in ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64")
    },
    "scalar": np.array([[-0.0]]),
    "scalar_single": np.array([[2]], np.float32),
    "scalar_logical": np.array([[True]]),
    "scalar_uint8": np.array([[7]], np.uint8),
    "empty": np.zeros((0, 0)),
    "empty_row": np.zeros((1, 0), np.float32),
    "empty_stack": np.zeros((3, 0, 2), bool),
    "stack": np.arange(24.0).reshape(2, 3, 4) / 7,
    "singleton_inside": np.arange(6.0).reshape(2, 1, 3),
    "strided": np.arange(24, dtype=np.int32).reshape(4, 6)[::2, ::-3],
}


class TestValues:
    @live
    @pytest.mark.parametrize("name", VALUES)
    def test_bits_class_and_size_survive_both_ways(self, session, name):
        session.give("v", VALUES[name])
        assert bits(session.pull("v")) == bits(VALUES[name])

    @live
    @pytest.mark.parametrize("name", VALUES)
    def test_octave_sees_that_class_and_size(self, session, name):
        value = VALUES[name]
        session.give("v", value)
        kind = {"float64": "double", "float32": "single", "bool": "logical"}
        expected = kind.get(value.dtype.name, value.dtype.name)
        assert shown(session, "class(v)") == expected
        assert shown(session, "size(v)").split() == [str(extent) for extent in value.shape]

    @live
    def test_fields_and_assign_keep_the_bits_of_a_whole_struct(self, session):
        session.eval("clear net")
        session.assign("net", {f"layers{{1}}.{name}": value for name, value in VALUES.items()})
        found = session.fields("net")
        assert {path: bits(value) for path, value in found.items()} == {
            f"layers{{1}}.{name}": bits(value) for name, value in VALUES.items()
        }

    @live
    def test_a_trailing_size_of_one_is_dropped_as_in_octave(self, session):
        session.give("v", np.ones((3, 4, 1)))
        assert session.pull("v").shape == (3, 4)
        session.eval("n.o = ones(5, 1, 1, 1); n.p = zeros(0, 3, 1);")
        assert [v.shape for v in session.fields("n").values()] == [(5, 1), (0, 3)]

    @live
    @pytest.mark.parametrize(
        ("value", "kind"),
        [(3, "double"), (2.5, "double"), (np.bool_(True), "logical"), (np.float32(1), "single")],
    )
    def test_python_scalars_get_a_class_and_two_dimensions(self, session, value, kind):
        session.give("v", value)
        assert session.pull("v").shape == (1, 1)
        assert session.pull("v")[0, 0] == value
        assert shown(session, "class(v)") == kind

    @live
    @pytest.mark.parametrize("text", ["sigm", "", "häß \t'\"%"])
    def test_text_survives(self, session, text):
        session.give("v", text)
        assert session.pull("v") == text
        assert shown(session, "class(v)") == "char"

    @live
    def test_pulled_arrays_are_writable(self, session):
        session.give("v", np.ones((2, 2)))
        session.pull("v")[0, 0] = 5

    @pytest.mark.parametrize(
        ("value", "error", "says"),
        [
            (np.ones(3), ValueError, r"1-D shape \(3,\).*\(1, 3\) or \(3, 1\)"),
            (np.ones((2, 2)) * 1j, TypeError, "complex128"),
            (np.ones((2, 2), np.float16), TypeError, "float16"),
            (None, TypeError, "NoneType"),
            ({"a": 1}, TypeError, "dict"),
        ],
    )
    def test_what_octave_has_not_is_refused_by_name(self, value, error, says):
        from dltparity.octave.encoding import pack

        with pytest.raises(error, match=f"ffW: .*{says}"):
            pack({"ffW": value})


class TestPrinting:
    @live
    def test_what_is_printed_is_returned(self, session):
        assert session.eval("x = 3, printf('no newline ')") == "x = 3\nno newline "
        assert session.eval("x = 3;") == ""
        assert session.eval("warning('careful')") == "warning: careful\n"

    @live
    def test_nothing_reaches_the_terminal(self, functions, capfd):
        with Octave(paths=[functions]) as session:
            session.eval(
                "disp('loud'); fputs(stderr, 'loud'); warning('loud'); system('echo loud');"
            )
            with pytest.raises(OctaveError):
                session.eval("asserts(1)")
            with pytest.raises(OctaveDied):
                session.eval("exit(3)")
            session.eval("1")
        assert capfd.readouterr() == ("", "")

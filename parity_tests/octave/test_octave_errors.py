"""What an Octave session says when something fails, and when Octave dies."""

import os
import signal
import threading
import time

import pytest

from dltparity.octave.session import Octave, OctaveDied, OctaveError
from octave.processes import folder_of, is_gone, pid_of, shown

live = pytest.mark.octave


class TestErrors:
    @live
    @pytest.mark.parametrize(
        ("code", "message", "line", "identifier"),
        [
            ("outer_fails(3)", "got 3", "inner_fails.m:6", "my:id"),
            ("asserts(1)", "Actual: 1  1", "asserts.m:4", ""),
            ("anonymous(1)", "no", "anonymous.m:2", ""),
            ("error('here:id', 'häß')", "häß", None, "here:id"),
            (
                "ones(2) * ones(3)",
                "operator *: nonconformant arguments (op1 is 2x2, op2 is 3x3)",
                None,
                "Octave:nonconformant-args",
            ),
            ("x = = 3", "parse error:\n\n  syntax error\n\n>>> x = = 3\n        ^", None, ""),
        ],
    )
    def test_message_line_and_identifier(self, session, code, message, line, identifier):
        with pytest.raises(OctaveError) as caught:
            session.eval(code)
        error = caught.value
        assert (error.message.rstrip("\n"), error.line, error.identifier) == (
            message,
            line,
            identifier,
        )

    @live
    def test_a_parse_error_in_a_file_has_its_line(self, session):
        with pytest.raises(OctaveError) as caught:
            session.eval("broken(1)")
        assert caught.value.line == "broken.m:3"
        assert "syntax error" in caught.value.message

    @live
    def test_the_workspace_outlives_an_error(self, session):
        session.give("v", 4)
        with pytest.raises(OctaveError):
            session.eval("v = 5; asserts(1)")
        assert session.pull("v") == 5

    def test_it_reads_as_place_and_message(self):
        assert str(OctaveError("boom", "cnnff.m:11")) == "cnnff.m:11: boom"
        assert str(OctaveError("boom")) == "boom"


@pytest.fixture
def control_c():
    """Let SIGINT interrupt Python, which leaves it ignored where a shell started it so."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


class TestDeath:
    @live
    @pytest.mark.parametrize("code", ["while true, end", "keyboard", "input('')", "pause(60)"])
    def test_the_watchdog_ends_what_hangs(self, impatient, functions, code):
        impatient.give("v", 1)
        pid, folder = pid_of(impatient), folder_of(impatient)
        start = time.monotonic()
        with pytest.raises(OctaveDied, match=r"within 2 s.*empty workspace"):
            impatient.eval(code)
        assert time.monotonic() - start < 10
        assert is_gone(pid)
        assert not folder.exists()
        self.assert_set_up_again(impatient, functions)

    @live
    def test_killed_from_outside(self, impatient, functions):
        impatient.give("v", 1)
        pid, folder = pid_of(impatient), folder_of(impatient)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(OctaveDied, match="SIGKILL"):
            impatient.eval("1")
        assert is_gone(pid)
        assert not folder.exists()
        self.assert_set_up_again(impatient, functions)

    @live
    @pytest.mark.parametrize(
        ("code", "says"),
        [
            ("exit(3)", "exit status 3"),
            ("kill(getpid(), 11)", "SIGSEGV"),
            ("input('name? ')", "asked for input"),
        ],
    )
    def test_dying_inside_a_call(self, impatient, functions, code, says):
        impatient.give("v", 1)
        with pytest.raises(OctaveDied, match=says):
            impatient.eval(code)
        self.assert_set_up_again(impatient, functions)

    @live
    def test_control_c_ends_the_session_and_is_passed_on(self, functions, control_c):
        with Octave(paths=[functions], timeout=60) as session:
            session.give("v", 1)
            pid = pid_of(session)
            timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
            timer.start()
            with pytest.raises(KeyboardInterrupt):
                session.eval("while true, end")
            assert is_gone(pid)
            self.assert_set_up_again(session, functions)

    @live
    def test_what_octave_started_ends_with_it(self, functions):
        with Octave(paths=[functions]) as session:
            child = int(
                session.eval("disp(system('trap \"\" HUP; exec sleep 60', false, 'async'))")
            )
        deadline = time.monotonic() + 5
        while not is_gone(child) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert is_gone(child)

    def assert_set_up_again(self, session, functions):
        assert shown(session, "exist('v')") == "0"
        assert session.info()["blas"] == "unknown or reference BLAS"
        assert shown(session, "which('asserts')") == str(functions / "asserts.m")

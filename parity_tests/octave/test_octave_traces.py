"""What Octave sessions leave behind: nothing."""

import os
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest

from dltparity.octave import session as module
from dltparity.octave.session import Octave, OctaveError
from octave.processes import folder_of, is_gone, pid_of, shown

live = pytest.mark.octave


class TestTraces:
    """What a session leaves behind: nothing."""

    @live
    def test_closing_ends_the_process_and_its_folder(self, functions, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        before = dict(os.environ)
        with Octave(paths=[functions]) as session:
            assert dict(os.environ) == before
            pid, folder = pid_of(session), folder_of(session)
            session.eval("save('result.mat'); fclose(fopen('file.txt', 'w'));")
        assert is_gone(pid)
        assert not folder.exists()
        assert list(tmp_path.iterdir()) == []

    @live
    def test_files_of_the_working_folder_do_not_shadow_the_path(
        self, functions, tmp_path, monkeypatch
    ):
        (tmp_path / "asserts.m").write_text("function asserts(x)\n    disp('wrong file');\nend\n")
        monkeypatch.chdir(tmp_path)
        with Octave(paths=[functions]) as session, pytest.raises(OctaveError, match="Actual"):
            session.eval("asserts(1)")

    @live
    def test_paths_stand_in_the_order_given(self, functions, tmp_path):
        (tmp_path / "asserts.m").write_text("function asserts(x)\n    disp('first');\nend\n")
        with Octave(paths=[tmp_path, functions]) as session:
            assert session.eval("asserts(1)") == "first\n"

    @live
    @pytest.mark.parametrize("leave", ["session.close()", "pass"])
    def test_a_whole_process_is_silent_and_clean(self, tmp_path, leave):
        code = (
            "import os, sys, weakref\n"
            "from dltparity.octave.session import Octave\n"
            "assert 'oct2py' not in sys.modules\n"
            "weakref.finalize(Octave, int)\n"  # so finalizers run after oct2py's own clean-up
            "session = Octave().__enter__()\n"
            "session.eval('a = 1;')\n"
            "where = session.eval('printf(\"%d %s\", getpid(), pwd())')\n"
            f"{leave}\n"
            "os.write(1, where.encode())\n"
        )
        (tmp_path / "octave-workspace").write_text("the user's")
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", code],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            timeout=60,
        )
        pid, _, work = done.stdout.partition(" ")
        assert (done.returncode, done.stderr) == (0, "")
        assert is_gone(int(pid))
        assert not Path(work).parent.exists()
        assert [path.name for path in tmp_path.iterdir()] == ["octave-workspace"]

    @live
    def test_users_settings_do_not_leak_in(self, functions, monkeypatch):
        monkeypatch.setenv("OCTAVE_CLI_OPTIONS", "--eval exit")
        monkeypatch.setenv("OCT2PY_TIMEOUT", "0.5")
        monkeypatch.setenv("OCT2PY_CONVERT_TO_FLOAT", "true")
        with Octave(paths=[functions]) as session:
            session.eval("pause(1)")
            session.give("v", np.array([[1]], np.uint8))
            assert session.pull("v").dtype == np.uint8
            assert shown(session, "getenv('OCTAVE_HISTFILE')") == os.devnull

    @live
    def test_only_the_two_warnings_are_off(self, session):
        def state(name):
            return shown(session, f"warning('query', '{name}').state")

        assert state("Octave:shadowed-function") == "off"
        assert state("Octave:legacy-function") == "off"
        assert state("Octave:some-other") == "on"

    @live
    def test_warnings_of_the_start_are_not_the_users(self, functions, monkeypatch):
        def warn_and_open(folder, really=module.open_session):
            warnings.warn("forkpty in a process with threads", DeprecationWarning, stacklevel=1)
            return really(folder)

        monkeypatch.setattr(module, "open_session", warn_and_open)
        with Octave(paths=[functions]) as session:
            assert session.eval("1") == "ans = 1\n"

    @live
    def test_a_forked_copy_does_not_end_the_session(self, session):
        module._end_session(os.getpid() + 1, session._session, folder_of(session))
        assert session.eval("1") == "ans = 1\n"

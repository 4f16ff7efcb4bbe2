"""Executables that are not what they claim, functions that stand in for others, and leftovers."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from both_sides.deadline import within
from dltparity import scratch
from dltparity.errors import NotMeasuredError
from dltparity.octave import engine, executable
from dltparity.octave.session import NoOctave, Octave
from dltparity.octave.shadows import check_unshadowed
from dltparity.original import cache
from dltparity.signals import Ended, tidy
from dltparity.traces.references import LiveReference, acnn_paths, hashes

live = pytest.mark.octave
ANSWER = 'case "$*" in *OCTAVE_VERSION*) echo {}; exit;; esac\n'


@pytest.fixture
def fake(monkeypatch, tmp_path):
    """Return what lets Octave be a script."""

    def make(script):
        path = tmp_path / "octave-cli"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        monkeypatch.setenv("OCTAVE_EXECUTABLE", str(path))

    return make


@pytest.fixture
def hasty(monkeypatch):
    """Let the deadlines be short."""
    monkeypatch.setattr(executable, "_SECONDS", 2)
    monkeypatch.setattr(engine, "_SECONDS", 2)


def refused(words):
    begin = time.monotonic()
    with within(30), pytest.raises(NoOctave, match=words) as caught:
        Octave().__enter__()
    assert "\n" not in str(caught.value)
    assert time.monotonic() - begin < 10


class TestExecutable:
    @pytest.mark.parametrize("version", ["3.2.4", "6.4.0", "7.0.90"])
    def test_an_octave_that_is_too_old_is_refused(self, fake, version):
        fake(f"echo {version}")
        refused(rf"is Octave {version}: expected 7\.1 or later")

    @pytest.mark.parametrize(
        "script",
        [
            "sleep 60",
            "while :; do echo octave noise; done",
            "yes octave | head -c 300000; sleep 60",
        ],
        ids=["silent", "endless", "300 kB"],
    )
    def test_one_that_does_not_come_to_its_version_is_ended(self, fake, hasty, script):
        fake(script)
        refused("did not answer within 2 s|does not answer like Octave")

    @pytest.mark.parametrize(
        "script",
        ["while :; do echo octave noise; done", "yes octave | head -c 100000000; sleep 60"],
        ids=["endless", "100 MB"],
    )
    def test_noise_in_place_of_a_version_is_refused_before_the_deadline(self, fake, script):
        fake(script)
        refused("does not answer like Octave")

    @pytest.mark.parametrize(
        "script",
        [
            "sleep 60",
            "while :; do echo octave noise; done",
            "yes octave | head -c 100000; sleep 60",
        ],
        ids=["silent", "endless", "100 kB"],
    )
    def test_one_that_is_never_ready_is_ended(self, fake, hasty, script):
        fake(ANSWER.format("9.1.0") + script)
        refused("was not ready within 2 s and was ended")

    def test_one_that_ends_at_once_is_said_in_one_line(self, fake):
        fake(ANSWER.format("9.1.0") + "exit 3")
        refused("it ended, or does not answer as Octave does")

    @live
    def test_a_wrapper_that_drops_norc_is_noticed(self, fake):
        fake(
            'for each; do shift; [ "$each" = --norc ] || set -- "$@" "$each"; done\n'
            'exec octave-cli "$@"'
        )
        refused("drops --norc")


class TestShadows:
    @live
    @pytest.mark.parametrize("name", ["convn", "bsxfun", "repmat", "acnndelta"])
    def test_a_function_that_stands_in_for_another_is_refused(self, tmp_path, name):
        (tmp_path / f"{name}.m").write_text(f"function x = {name}(varargin)\nx = 0;\nend\n")
        folders = acnn_paths()
        words = rf"takes {tmp_path}/{name}\.m for {name}, expected"
        with Octave(paths=[tmp_path, *folders]) as session, pytest.raises(NoOctave, match=words):
            check_unshadowed(session, folders)

    @live
    def test_a_function_that_is_typed_in_at_the_start_is_refused(self):
        folders = acnn_paths()
        with Octave(paths=folders) as session:
            check_unshadowed(session, folders)
            session.eval("eval('function x = convn(varargin) x = 0; end')")
            with pytest.raises(NoOctave, match="typed in at its start for convn"):
                check_unshadowed(session, folders)


class TestPrivateCopies:
    @live
    def test_provenance_prints_what_was_measured(self, acnn_session):
        folders = acnn_paths()
        with Octave(paths=folders) as session:
            reference = LiveReference("acnn", "reference", session, folders)
            before = reference.provenance()
            assert before["sha256 of acnnff.m"] == hashes(session, folders)["sha256 of acnnff.m"]
            changed = folders[0] / "acnnff.m"
            content = changed.read_bytes()
            try:
                changed.chmod(0o600)
                changed.write_bytes(content + b"% later\n")
                with pytest.raises(NotMeasuredError, match="changed while they were measured"):
                    reference.provenance()
            finally:
                changed.write_bytes(content)
                changed.chmod(0o400)

    @pytest.mark.original
    @live
    def test_what_happens_to_the_cache_after_the_check_does_not_matter(self, monkeypatch, tmp_path):
        root = tmp_path / "upstream"
        for file in cache.pinned().files:
            (root / file.path).parent.mkdir(parents=True, exist_ok=True)
            content = (cache.cache_folder() / file.path).read_bytes()
            (root / file.path).write_bytes(content)
        folders = cache.octave_paths(root)
        (root / "util" / "sigm.m").write_text("function X = sigm(P)\nX = 0 * P;\nend\n")
        with Octave(paths=folders) as session:
            assert session.eval("disp(sigm(0))") == "0.5000\n"
        with pytest.raises(cache.OriginalMissing, match=r"sigm\.m is not the pinned file"):
            cache.octave_paths(root)

    def test_a_copy_cannot_be_written(self):
        (folder,) = acnn_paths()
        assert (folder / "acnnff.m").stat().st_mode & 0o777 == 0o400
        assert folder.stat().st_mode & 0o777 == 0o500
        assert acnn_paths() == [folder]


OPENS = (
    "import sys\n"
    "from dltparity.octave.session import Octave\n"
    "from dltparity.signals import tidy\n"
    "from dltparity.traces.references import acnn_paths\n"
    "with tidy(), Octave(paths=acnn_paths()) as session:\n"
    "    print('ready', flush=True)\n"
    "    session.eval('pause(60)')\n"
)


def left(folder):
    return [path for path in Path(folder).iterdir() if path.name.startswith("dltparity-octave-")]


def send(signals):
    """Send signals to this very thread: others would take them where it blocks them."""
    for each in signals:
        signal.pthread_kill(threading.get_ident(), each)


def as_from_a_terminal():
    """Let a process take signals that whoever runs the tests ignores, as nohup does."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


class TestLeftovers:
    @live
    @pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT", "SIGKILL"])
    def test_nothing_is_left_behind(self, monkeypatch, tmp_path, name):
        # The memory folder is found when `scratch` is imported: give the process another one.
        code = f"from dltparity import scratch; scratch._MEMORY = {str(tmp_path)!r}\n{OPENS}"
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            preexec_fn=as_from_a_terminal,
        )
        with process:
            assert process.stdout.readline() == b"ready\n"
            process.send_signal(getattr(signal, name))
            process.wait(timeout=20)
        if name in ("SIGTERM", "SIGHUP"):
            assert process.returncode == 128 + getattr(signal, name)
        if name == "SIGKILL":
            assert left(tmp_path)
            monkeypatch.setattr(scratch, "_MEMORY", str(tmp_path))
            scratch.remove(scratch.make())
            assert left(tmp_path)  # it may belong to a process that has not locked it yet
            monkeypatch.setattr(scratch, "_YOUNG", -1)
            scratch.remove(scratch.make())
        assert not left(tmp_path)

    def test_further_signals_neither_interrupt_the_tidying_nor_are_told(self, capfd):
        both = {signal.SIGTERM, signal.SIGHUP}
        before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
        tidied = []
        try:
            signal.pthread_sigmask(signal.SIG_BLOCK, both)
            with pytest.raises(Ended), tidy():
                try:
                    send(both)
                    signal.pthread_sigmask(signal.SIG_UNBLOCK, both)  # both come at once
                finally:
                    send(both)
                    tidied.append(True)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, both)
            signal.signal(signal.SIGHUP, before)
        assert tidied and capfd.readouterr().err == ""

    def test_an_ignored_signal_stays_ignored(self):
        before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
        try:
            with tidy():
                assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
                assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        finally:
            signal.signal(signal.SIGHUP, before)

    def test_a_folder_in_use_is_left_alone(self, monkeypatch, tmp_path):
        monkeypatch.setattr(scratch, "_MEMORY", str(tmp_path))
        monkeypatch.setattr(scratch, "_YOUNG", -1)
        held = scratch.make()
        other = scratch.make()
        assert held.is_dir() and other.is_dir()
        scratch.remove(held)
        scratch.remove(other)
        assert not os.listdir(tmp_path)  # noqa: PTH208

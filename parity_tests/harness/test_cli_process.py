"""The command in a process of its own: what it imports, and what a closed pipe changes."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dltparity import cli
from dltparity.commands import repeat, verify

CASE = "kernel-1"


def test_importing_the_command_starts_no_octave():
    code = "import sys, dltparity.cli, dltcnn; sys.exit('oct2py' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def in_bash(line):
    words = ["bash", "-c", f"set -o pipefail; {sys.executable} -m dltparity {line}"]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_a_closed_pipe_is_silent():
    done = in_bash("list | head -n 1")
    assert done.stdout.startswith("example")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("case", [CASE, "no-such-case"])
def test_a_closed_pipe_changes_neither_the_work_nor_the_exit_code(case, tmp_path):
    done = in_bash(f"run --reference recorded --case {case} --out {tmp_path} | true")
    assert done.returncode == (0 if case == CASE else 2)
    assert (tmp_path / "parity.json").is_file() == (case == CASE)


WITHOUT = """
import importlib.abc, sys

class Refuse(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"fcntl", "pexpect", "ptyprocess", "pty", "resource"}:
            raise ImportError(f"{name} is not on Windows")

sys.meta_path.insert(0, Refuse())
from dltparity.cli import main
sys.exit(main(["run", "--reference", "recorded", "--case", "kernel-1", "--out", sys.argv[1]]))
"""


def test_recordings_are_compared_with_what_windows_has(tmp_path):
    done = subprocess.run([sys.executable, "-c", WITHOUT, tmp_path], capture_output=True, text=True)
    assert done.returncode == 0 and "0 different" in done.stdout, done.stderr


@pytest.mark.parametrize(("command", "loaded"), [("list", []), ("run", ["jinja2", "markdown_it"])])
def test_only_what_writes_a_page_loads_what_pages_need(command, loaded, tmp_path):
    words = [command, "--case", CASE]
    if command == "run":
        words += ["--reference", "recorded", "--out", str(tmp_path)]
    code = (
        f"import sys, dltparity.cli; dltparity.cli.main({words!r}); "
        "print([name for name in ('jinja2', 'markdown_it') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == repr(loaded)


def test_without_what_pages_need_no_work_is_begun(tmp_path):
    code = (
        "import sys; sys.modules['jinja2'] = None; import dltparity.cli; "
        f"sys.exit(dltparity.cli.main(['run', '--case', '{CASE}', '--out', {str(tmp_path)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "[1/1]" not in done.stdout
    assert "jinja2 is not installed: pip install 'dltcnn[parity]'" in done.stderr


PROGRAM = Path(sys.executable).with_name("dltparity")


@pytest.mark.skipif(not PROGRAM.is_file(), reason="installed without its command")
@pytest.mark.parametrize(
    ("begin", "found", "repeated"),
    [
        (["env/dltparity"], "", "env/dltparity"),
        (["dltparity"], "env", "dltparity"),
        ([str(PROGRAM)], "", str(PROGRAM)),
        ([sys.executable, "-m", "dltparity"], "", f"{sys.executable} -m dltparity"),
    ],
)
def test_what_a_report_says_repeats_it_as_it_stands(begin, found, repeated, tmp_path):
    (tmp_path / "env").mkdir()
    (tmp_path / "env" / "dltparity").symlink_to(PROGRAM)
    path = ":".join([str(tmp_path / found)] * bool(found) + ["/usr/bin", "/bin"])
    here = {"cwd": tmp_path, "env": {**os.environ, "PATH": path}, "check": True}
    words = ["run", "--reference", "recorded", "--case", CASE, "--out", "my reports"]
    subprocess.run([shutil.which(begin[0], path=path) or begin[0], *begin[1:], *words], **here)
    stored = tmp_path / "my reports" / "parity.json"
    line = json.loads(stored.read_text())["command"]
    assert line.startswith(f"{repeated} run ")
    stored.unlink()
    subprocess.run(line, shell=True, **here)
    assert stored.is_file()


@pytest.mark.parametrize("name", ["-net.mat", "--out=x.mat", "it's $HOME; `id`\n.mat", "漢字.mat"])
def test_a_command_to_repeat_takes_files_of_any_name(name):
    words = ["verify", "--data=" + name, "--out", "o", "--", name]
    args = cli.parser(words).parse_args(words)
    line = shlex.split(repeat.line("verify", args, verify.arguments))
    again = cli.parser(line[1:]).parse_args(line[1:])
    assert vars(again) == vars(args) and (str(again.net), str(again.data)) == (name, name)

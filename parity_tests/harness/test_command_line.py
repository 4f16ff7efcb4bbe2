"""What all commands have: examples that hold, JSON alone, silence, colours, completion, codes."""

import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import scipy.io

from dltparity import cli, exit_codes, say
from dltparity.say import Say, coloured

CHECKOUT = Path(__file__).parents[2]
DOCS = CHECKOUT / "docs" / "command-line.md"
MODULES = cli._commands(())
NAMES = [module.__name__.rpartition(".")[2] for module in MODULES]
EXAMPLES = [example for module in MODULES for example in module.EXAMPLES]


@pytest.fixture(autouse=True)
def no_runner(monkeypatch):
    """On no runner of GitHub's, even where the tests run on one."""
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


def words(example):
    """The arguments of an example in a shell, without its redirection."""
    program, *found = shlex.split(example.partition(" > ")[0])
    assert program == "dltparity"
    return found


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_of_a_help_text_can_be_typed(example):
    found = words(example)
    args = cli.parser(found).parse_args(found)
    assert args.command.__module__ == f"dltparity.commands.{found[0]}"


def test_an_example_with_a_word_that_is_none_is_found():
    with pytest.raises(SystemExit):
        cli.parser().parse_args(words("dltparity run --no-such"))


@pytest.mark.parametrize("name", NAMES)
def test_each_command_shows_its_examples(name, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([name, "--help"])
    text = capsys.readouterr().out
    (module,) = (each for each in MODULES if each.__name__.endswith(f".{name}"))
    assert ended.value.code == 0
    assert len(module.EXAMPLES) >= 1
    assert all(f"\n  {example}\n" in text for example in module.EXAMPLES)
    assert all(words(example)[0] == name for example in module.EXAMPLES)
    assert "--json" in text and "--quiet" in text


def run(tmp_path, *more):
    given = ["run", "--reference", "recorded", "--case", "kernel-1", "--out", str(tmp_path)]
    return cli.main([*given, *more])


def test_examples_that_need_nothing_are_executed(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for folder in ("old", "reports"):
        assert run(Path(folder)) == 0
    for file, value in (("a", 1.0), ("b", 1.0)):
        scipy.io.savemat(f"{file}.mat", {"net": np.array([value])})
    quick = ("list", "limits", "compare", "diff old/parity.json")
    executed = [e for e in EXAMPLES if e.removeprefix("dltparity ").startswith(quick)]
    assert len(executed) == 7
    for example in executed:
        assert cli.main(words(example)) == 0, example
    assert run(tmp_path / "out") == 0


def commands_with_json(tmp_path):
    scipy.io.savemat(tmp_path / "a.mat", {"a": np.array([np.inf, 1.0])})
    scipy.io.savemat(tmp_path / "b.mat", {"a": np.array([0.0, 2.0])})
    yield 0, ["list", "--case", "kernel-*"]
    yield 0, ["limits"]
    yield 1, ["compare", str(tmp_path / "a.mat"), str(tmp_path / "b.mat")]
    yield 0, ["show", "kernel-1", "bp.L", "--reference", "recorded"]
    yield 0, ["engines", "--nets", "3"]
    reports = ["--out", str(tmp_path)]
    yield 0, ["run", "--reference", "recorded", "--case", "kernel-1", *reports]


@pytest.mark.parametrize("quiet", [[], ["--quiet"]])
def test_with_json_nothing_else_is_on_standard_output(quiet, tmp_path, capsys):
    for code, given in commands_with_json(tmp_path):
        assert cli.main([*given, "--json", *quiet]) == code, given
        out = capsys.readouterr().out
        assert isinstance(json.loads(out, parse_constant=pytest.fail), dict | list)


def test_the_json_of_a_run_is_that_of_its_report(tmp_path, capsys):
    assert run(tmp_path, "--json") == 0
    printed = capsys.readouterr()
    assert printed.out == (tmp_path / "parity.json").read_text()
    assert (
        "PASS of chosen cases (kernel-1): 2 comparisons" in printed.err
        and "[1/1] kernel-1" in printed.err
    )


def test_quiet_says_only_the_verdict(tmp_path, capsys):
    assert run(tmp_path, "--quiet") == 0
    printed = capsys.readouterr()
    assert re.fullmatch(r"PASS of chosen cases .*\n", printed.out) and printed.err == ""


def test_quiet_shows_no_progress(capsys):
    assert cli.main(["engines", "--nets", "3", "--quiet"]) == 0
    printed = capsys.readouterr()
    assert printed.out.count("\n") == 1 and printed.err == ""


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stream", "variables", "wanted"),
    [
        (Terminal(), {}, True),
        (Terminal(), {"NO_COLOR": ""}, True),  # as no-color.org has it: set and not empty
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
    ],
)
def test_colours_are_for_terminals_whose_user_wants_them(stream, variables, wanted, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert (coloured("FAIL: x", stream) == "\x1b[31mFAIL\x1b[0m: x") is wanted
    assert (coloured("FAIL: x", stream) == "FAIL: x") is not wanted
    assert coloured("a FAIL", stream) == "a FAIL"


def test_what_matters_is_coloured_and_json_is_not(monkeypatch, capsys):
    monkeypatch.setenv("TERM", "xterm")
    for json_wanted, found in ((False, "\x1b[32mPASS\x1b[0m\n"), (True, "{}\n")):
        told = Say(json=json_wanted)
        told.out = Terminal()
        told.result({})
        told.line("PASS")
        assert told.out.getvalue() == found
    assert capsys.readouterr().out == "PASS\n"


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_script_for_completion_knows_commands_and_options(shell, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--print-completion", shell])
    assert ended.value.code == 0
    script = capsys.readouterr().out
    assert all(name in script for name in NAMES)
    assert "--junit" in script and "combinations" in script


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        (["run", "--ju"], ["--junit"]),
        (["dif"], ["diff"]),
        (["verify", "trai"], ["trained.mat", "training"]),
        (["toolbox", "--out", "trai"], ["training"]),
    ],
)
def test_bash_completes_with_it(typed, wanted, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "training").mkdir()
    (tmp_path / "trained.mat").touch()
    with pytest.raises(SystemExit):
        cli.main(["--print-completion", "bash"])
    (tmp_path / "script").write_text(capsys.readouterr().out)
    name = re.search(r"complete .*-F (\S+) dltparity", (tmp_path / "script").read_text())[1]
    words = ["dltparity", *typed]
    ask = (
        f"source ./script; COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(typed)}; "
        f"{name} dltparity {words[-1]} {words[-2]}; "
        'echo "${COMPREPLY[@]}"'
    )
    try:
        found = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, check=True)
    except FileNotFoundError:
        pytest.skip("there is no bash")
    assert sorted(found.stdout.split()) == wanted


def test_without_shtab_it_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert cli.main(["--print-completion", "bash"]) == 2
    assert "shtab is not installed: pip install 'dltcnn[parity]'" in capsys.readouterr().err


def test_exit_codes_are_listed_in_one_place_and_in_the_docs(capsys):
    assert {*exit_codes.MEANINGS} == {0, 1, 2, 3, 4}
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    text = capsys.readouterr().out
    docs = DOCS.read_text(encoding="utf-8")
    for code, meaning in exit_codes.MEANINGS.items():
        assert f"\n  {code}  {meaning}\n" in text
        assert f"| {code} | {meaning}" in docs


def test_the_docs_show_commands_that_can_be_typed():
    shown = re.findall(r"^ *(dltparity .+)$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    typed = [line.partition("#")[0].strip() for line in shown]
    assert len(typed) > 5
    for each in typed:
        found = words(each)
        if found[0].startswith("--print-completion"):
            continue
        cli.parser(found).parse_args(found)


def test_one_command_is_imported_alone():
    code = (
        "import sys; from dltparity import cli; cli.parser(['doctor']); "
        "print(sorted({'numpy', 'scipy', 'tqdm', 'tabulate'} & {*sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout == "[]\n"


def test_a_word_that_is_no_command_shows_those_that_are(capsys):
    for word in ("options", "no-such"):  # options is a module there, and no command
        with pytest.raises(SystemExit) as ended:
            cli.main([word])
        assert ended.value.code == 2
        assert "doctor" in capsys.readouterr().err


def test_colours_of_every_verdict_are_known():
    for word in ("PASS", "FAIL", "RIGHT", "WRONG", "NOT", "ok", "missing", "optional"):
        assert word in say._COLOURS

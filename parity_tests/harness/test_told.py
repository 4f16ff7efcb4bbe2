"""What CI is told of a result: JUnit's XML, GitHub's annotations and summary."""

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from both_sides import results as made
from dltparity import cli, run
from dltparity.results import github, junit, read
from dltparity.results.places import relative
from dltparity.say import Say
from dltparity.traces.port import port_trace

CHECKOUT = Path(__file__).parents[2]
LOST = {"stage": "training", "reason": "Octave was ended", "lost": True}
LEFT = {"stage": "update", "reason": "give --opts", "lost": False}
CITING = "def cnnff(net, x):\n    z = 1  # cnnff.m:14\n    return z\n"


@pytest.fixture(autouse=True)
def checkout(monkeypatch):
    """In the checkout, and on no runner of GitHub's even where the tests run on one."""
    monkeypatch.chdir(CHECKOUT)
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """A user's module and .m file, in a checkout of theirs."""
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "mine.py").write_text(CITING)
    (tmp_path / "cnnbp.m").write_text("")
    return [tmp_path / "cnnbp.m", tmp_path / "src" / "mine.py"]


def xml(content):
    return ElementTree.fromstring(junit.render(read.items(content)).partition("\n")[2])


def test_a_testcase_for_each_case():
    first = made.case("b", promise="bound", max_bound_ratio=0.5)
    content = made.run(made.failing(), first, not_judged=[made.not_judged("c")])
    suite = xml(content).find("testsuite")
    assert suite.attrib == {
        **{"name": "dltparity run", "tests": "3", "failures": "1"},
        **{"errors": "0", "skipped": "1"},
    }
    bad, good, left = suite
    assert (bad.get("name"), bad.get("classname")) == (
        "wide",
        "run: original, reference BLAS, lines",
    )
    assert bad.get("file") == "port/dltcnn/cnn/cnnbp.py"
    assert bad.find("failure").get("message") == (
        "bp.dffW(2, 5), set by cnnbp.m:50: 0x1.0p+0 in the reference, 0x1.8p+0 in the port"
    )
    assert not len(good)
    assert left.find("skipped").get("message") == "of NaN nothing is promised"


def test_a_testcase_for_each_stage():
    content = made.verify(made.stage(), made.stage("x", verdict="fail"), not_judged=[LOST, LEFT])
    good, bad, lost, left = xml(content).find("testsuite")
    assert not len(good)
    assert bad.find("failure").text == "nothing was compared"
    assert lost.find("error").text == "Octave was ended"
    assert left.find("skipped").text == "give --opts"


def test_a_testcase_for_each_function(mine):
    functions = [
        {"name": "cnnff", "status": "the original's", "changes": []},
        {"name": "cnnbp", "status": "different", "changes": [{"place": "cnnbp.m:26", "code": []}]},
    ]
    held = {
        "name": "cnnff",
        "status": "different",
        "wording": "o differs",
        "line": "",
        "ratio": None,
    }
    wrong = made.gradients(loss=None, first_wrong="dk is wrong: from cnnbp.m:26 (sets d) on")
    lost = {"case": "is small", "not_measured": "cnnbp stops"}
    port = {"module": "mine", "functions": [held, {**held, "line": "cnnff.m:14 (mine.py:2): z"}]}
    port["functions"][1]["name"] = "cnnbp"
    content = made.toolbox(wrong, lost, functions=functions, port=port, files=mine)
    lacking, changed, bad, unmeasured, defined, cited = xml(content).find("testsuite")
    assert lacking.find("skipped") is not None
    assert changed.find("system-out").text == "different from cnnbp.m:26 on"
    assert (bad.get("file"), bad.get("line")) == ("cnnbp.m", "26")
    assert unmeasured.find("error").text == "cnnbp stops"
    assert (defined.get("file"), defined.get("line")) == ("src/mine.py", "1")
    assert (cited.get("file"), cited.get("line")) == ("src/mine.py", "2")


def test_a_testcase_for_each_pair(mine):
    shrunk = {"what": "y(1) differs", "arguments": [], "line": "cnnff.m:14 (mine.py:2): z is 2"}
    failed = {"input": 3, "kind": "values", "what": "y(2) differs", "shrunk": shrunk}
    bad = made.pair(verdict="fail", python="mine:cnnff", failing=[failed])
    unstable = made.pair("u", verdict="fail", too_unstable=True, unstable_because="it is odd")
    empty = made.pair("e", verdict="fail", values=0)
    first, second, third = xml(made.pairs(bad, unstable, empty, files=mine)).find("testsuite")
    assert (first.get("file"), first.get("line")) == ("src/mine.py", "2")
    assert first.find("failure").text == (
        "input 3: y(2) differs; shrunk: y(1) differs; of the lines cited, the first is "
        "cnnff.m:14 (mine.py:2): z is 2"
    )
    assert second.find("failure").text == "too many inputs are unstable: it is odd"
    assert third.find("failure").text == "nothing was compared"


def test_the_users_port_is_looked_at_where_it_ran(mine):
    first = {
        "field": "o",
        "line": "cnnff.m:14",
        "index": [1],
        "ratio": None,
        "wording": "o differs",
    }
    bad = made.stage(verdict="fail", first=first)
    found = xml(made.verify(bad, port="mine", files=mine)).find("testsuite/testcase")
    assert (found.get("file"), found.get("line")) == ("src/mine.py", "2")
    of_file = {**bad, "compared": "the file and Octave"}
    (item,) = read.items(made.verify(of_file, port="mine", files=mine)).items
    assert item.place.path == Path("net.mat")


def test_xml_holds_any_text():
    hostile = "<&>'\"]]>\x00\x0b\x1b\ud800\uffff\N{RIGHT-TO-LEFT MARK}"
    (found,) = xml(made.run(made.case(hostile))).iter("testcase")
    kept = "".join("�" if each in "\x00\x0b\x1b\ud800\uffff" else each for each in hostile)
    assert found.get("name") == kept


def told(content, headline="PASS"):
    say = Say()
    say.out = io.StringIO()
    github.tell("dltparity run", headline, *github.of_items(read.items(content)), say)
    return say.out.getvalue()


def test_nothing_is_told_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    assert told(made.run(made.failing())) == ""
    assert not (tmp_path / "summary").exists()


def test_an_annotation_beside_the_line_of_the_port(monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    wording = told(made.run(made.failing(), made.failing("b"), verdict="fail"))
    found = re.fullmatch(r"::error file=(.+),line=(\d+),title=dltparity run::(.+)\n", wording)
    line = (CHECKOUT / found[1]).read_text().splitlines()[int(found[2]) - 1]
    assert line.endswith("# cnnbp.m:50")
    assert found[3].startswith("wide (original, reference BLAS, lines): bp.dffW(2, 5), set by")
    assert found[3].endswith(" (and 1 more)")


def test_annotations_are_escaped_as_github_wants():
    fault = ("a,b:c%d\r\n.py", 3, "100%\r\nfile=x::y,z")
    assert github.annotations("t:1,2", [fault]) == [
        "::error file=a%2Cb%3Ac%25d%0D%0A.py,line=3,title=t%3A1%2C2::100%25%0D%0Afile=x::y,z"
    ]
    (wording,) = github.annotations("t", [(None, None, "\ud800")])
    assert wording == "::error title=t::?"


def test_no_more_annotations_than_github_shows():
    faults = [(f"{n}.py", n, "x") for n in range(1, 31)]
    found = github.annotations("t", faults)
    assert len(found) == 10
    assert found[-1].endswith("::and 21 more places: see the summary or the report")


def test_a_file_elsewhere_is_not_named(monkeypatch, tmp_path):
    (item,) = read.items(made.run(made.failing())).items
    assert relative(item.place) == "port/dltcnn/cnn/cnnbp.py"
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert relative(item.place) is None
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert told(made.run(made.failing())).startswith("::error title=dltparity run::wide")


def test_the_summary_of_the_step_is_added(tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    (tmp_path / "summary").write_text("before\n")
    hostile = made.failing("<script>|`a`\n# b")
    told(made.run(hostile, not_judged=[made.not_judged("c")]), "FAIL: 1 of 2")
    text = (tmp_path / "summary").read_text()
    assert text.startswith("before\n### dltparity run\n\nFAIL: 1 of 2\n\n| not as promised | |")
    assert r"| &lt;script&gt;\|\`a\` \# b \(original, reference BLAS, lines\) | bp.dffW" in text
    assert "<details><summary>not judged: 1</summary>" in text


def test_a_long_summary_is_cut():
    rows = [(f"case {n}", "x") for n in range(500)]
    text = github.summary("t", "h", rows)
    assert text.count("\n") < 70 and "and 450 more" in text


def test_a_summary_that_cannot_be_written_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    assert told(made.run(made.failing()))
    assert "no summary for GitHub: Is a directory" in capsys.readouterr().err


def recorded(tmp_path, *more):
    words = ["run", "--reference", "recorded", "--case", "kernel-1", "--out", str(tmp_path)]
    return cli.main([*words, *map(str, more)])


def broken(monkeypatch):
    def changed(*given):
        trace = port_trace(*given)
        return trace | {"bp.dffW": trace["bp.dffW"] * 1.5}

    monkeypatch.setattr(run, "port_trace", changed)


def test_the_command_tells_all_of_them(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    broken(monkeypatch)
    assert recorded(tmp_path, "--junit", tmp_path / "deep" / "j.xml") == 1
    root = ElementTree.parse(tmp_path / "deep" / "j.xml").getroot()
    assert root.get("failures") == "2"
    assert root.find(".//failure").get("message").startswith("bp.dffW(1, 1), set by cnnbp.m:50: ")
    printed = capsys.readouterr().out
    assert printed.count("::error file=port/dltcnn/cnn/cnnbp.py,line=") == 1
    assert "FAIL kernel-1 (recorded, reference BLAS, lines): bp.dffW(1, 1), set by" in printed
    assert "kernel-1" in (tmp_path / "summary").read_text()


def test_with_json_annotations_go_to_standard_error(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    broken(monkeypatch)
    assert recorded(tmp_path, "--json", "--quiet") == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("{") and "::error" not in printed.out
    assert "::error file=port/" in printed.err


@pytest.mark.parametrize("place", [".", "file/j.xml"])
def test_a_junit_file_that_cannot_be_written_is_refused_before_the_work(
    place, tmp_path, monkeypatch, capsys
):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(run, "run", None)
    assert recorded(tmp_path, "--junit", tmp_path / place) == 2
    assert "--junit" in capsys.readouterr().err

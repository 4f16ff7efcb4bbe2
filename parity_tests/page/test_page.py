"""Pages as text: what they say, and that nothing in a result can become a part of them."""

import re
from html.parser import HTMLParser

import pytest

from both_sides import pages
from dltparity import parity_report
from dltparity.files import write_report
from dltparity.page import markdown, of_run
from dltparity.page.divergence import divergence, value
from dltparity.page.engine import figure, shown
from dltparity.story import Story
from dltparity.verify.story import story as verify_story

KINDS = ("passing", "failing", "500 cases", "net", "wrong net", "toolbox", "pair")
VOID = {"meta", "img", "input", "br", "hr"}


class Reader(HTMLParser):
    """Collects tags, headings and text; refuses tags that are not closed in order."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.headings, self.text, self.ids = [], [], [], [], []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.ids += [value for name, value in attributes if name == "id"]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID and tag not in ("path", "polyline"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in ("path", "polyline"):
            assert self.open.pop() == tag

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text.append(data)


def read(contents, kind):
    render, content = contents[kind]
    return Reader(render(content))


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_whole_and_stands_alone(contents, kind):
    page = read(contents, kind)
    assert page.headings[0] == 1 and page.headings.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(page.headings, page.headings[1:], strict=False))
    assert len(set(page.ids)) == len(page.ids)
    for tag, attributes in page.tags:
        assert tag not in ("link", "iframe", "object", "embed", "base")
        for name in ("src", "href", "srcset", "action", "poster"):
            assert attributes.get(name, "#").startswith(("#", "data:image/png"))
        if name := attributes.get("href"):
            assert name[1:] in page.ids
        assert not [name for name in attributes if name.startswith("on")]
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert all("scope" in attributes for tag, attributes in page.tags if tag == "th")
    assert all("alt" in attributes for tag, attributes in page.tags if tag == "img")


@pytest.mark.parametrize("kind", KINDS)
def test_the_head_says_what_was_compared_with_which_result_and_how_to_repeat_it(contents, kind):
    text = " ".join("".join(read(contents, kind).text).split())
    start = text[text.index("Skip to the result") :]
    expected = "PASS" if kind in ("passing", "net") else "FAIL"
    assert start.index(expected) < start.index("held against" if kind != "pair" else "pairs of an")
    assert start.index("What it does not cover") < start.index("To repeat it: dltparity ")
    assert "MATLAB" in start[start.index("What it does not cover") : start.index("To repeat it")]


def test_a_failing_page_names_both_lines_and_both_values(failing):
    text = " ".join("".join(Reader(of_run.render(failing)).text).split())
    first = failing["cases"][0]["first_divergence"]
    assert first["line"] == "cnnbp.m:50"
    assert "Set by cnnbp.m:50 of the original, in Python by: cnnbp.py:" in text
    assert "# cnnbp.m:50" in text
    for side in ("reference", "port"):
        assert first[side] in text
        assert repr(float.fromhex(first[side])) in text
    assert "(1, 1) as MATLAB counts, [0, 0] as Python does" in text


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_stays_text(contents, kind):
    render, content = contents[kind]
    before = read(contents, kind)
    page = Reader(render(pages.hostile(content, keep=("line",) if kind == "failing" else ())))
    tags = [tag for tag, _ in page.tags]
    assert tags.count("script") == tags.count("style") == 1
    assert {*tags} <= {tag for tag, _ in before.tags} | {"p", "pre", "strong", "br", "h4", "ul"}
    assert not [name for _, attributes in page.tags for name in attributes if name[:2] == "on"]
    assert not [a["href"] for tag, a in page.tags if tag == "a" and a["href"][0] != "#"]
    text = "".join(page.text)
    assert "alert(1)" in text and "\u202e" not in text and "\\u202e" in text
    assert "49" not in re.findall(r"js\.\\ud800 (.{2})", text)


def test_500_cases_are_small(failing):
    content = pages.many((failing, 500))
    assert len({case["name"] for case in content["cases"]}) == 500
    assert len(of_run.render(content).encode()) < 5_000_000


def test_a_result_of_an_older_version_is_shown_as_far_as_it_goes(passing):
    old = {name: each for name, each in passing.items() if name not in ("pictures", "command")}
    old["cases"] = [
        {name: each for name, each in case.items() if name not in ("stages", "drift", "engine")}
        for case in passing["cases"]
    ]
    assert "PASS" in "".join(Reader(of_run.render(old)).text)


def test_the_markdown_is_short_and_leaves_the_rest_to_files(contents):
    for kind in ("passing", "failing", "500 cases"):
        text, details = parity_report.render(contents[kind][1])
        assert len(text.splitlines()) <= 150
        named = {*re.findall(r"\]\(([\w.-]+)\)", text)}
        assert named == {*details, "parity.html"}
    assert text.splitlines()[2].startswith(
        "**Verdict: FAIL.** The Python port must give the same bits as recordings of "
        "DeepLearnToolbox and does not, in 200 of 1,000 comparisons (100 of 500 nets). Earliest "
        "difference: bp.dffW (set by cnnbp.m:50) of “kernel-1 "
    )


@pytest.mark.parametrize(
    ("text", "class_name", "decimal"),
    [
        ("0x1.999999999999ap-4", "double", "0.1"),
        ("0x1.99999a0000000p-4", "single", "0.1"),
        ("0x1.999999999999ap-4", "single", "0.1"),
        ("-0x0.0p+0", "double", "-0.0"),
        ("nan", "double", "nan"),
        ("12", "double", "18.0"),
        ("True", "double", "True"),
    ],
)
def test_values_in_decimal(text, class_name, decimal):
    assert value(text, class_name)["decimal"] == decimal


def test_a_line_that_nobody_ports_has_no_python():
    found = divergence({"line": "nofile.m:3", "problem": "x"}, "here")
    assert (found["cited"], found["sides"]) == ([], [])


def test_what_controls_a_terminal_is_made_visible():
    assert shown("a\nb\x1b\u200f") == "a\\nb\\u001b\\u200f"
    assert (figure(0.0), figure("inf"), figure(None), figure("x")) == ("0", "inf", "", "x")


def test_markdown_is_no_way_around():
    html = markdown.html("<b onclick=x>a</b> [a](javascript:x) ![a](http://x)\n\n| `|` |\n|---|\n")
    assert "<b" not in html and "href" not in html and "src" not in html


def test_the_head_of_a_report_in_markdown_stays_on_its_lines():
    odd = "a\n# b\u202e`\ud800"
    head = Story("pass", odd, odd, (odd,), (odd,), (odd,), odd)
    text = "\n\n".join(head.markdown())
    assert text.count("a\\n# b\\u202e`\\ud800") == 6
    assert not [line for line in text.splitlines() if line.startswith("#")]
    assert text.endswith("To repeat it: ``a\\n# b\\u202e`\\ud800``")


def test_a_report_with_a_name_that_utf8_has_not_is_written(tmp_path):
    write_report(tmp_path, "odd", "\ud800", {"\ud800": 1}, "\ud800")
    assert (tmp_path / "odd.md").read_text() == "\\ud800\n"


def test_a_stage_that_no_blas_judged_is_named_once(contents):
    content = contents["net"][1]
    skipped = [
        {"stage": stage, "reason": reason, "lost": False}
        for stage, reason in (
            *(("update (reference BLAS)", "one"), ("update (system BLAS)", "one")),
            ("test (system BLAS)", "two"),
        )
    ]
    wording = verify_story({**content, "not_judged": skipped}).open[1:]
    assert wording == ("Not judged: update (one).", "Not judged: test (system BLAS) (two).")

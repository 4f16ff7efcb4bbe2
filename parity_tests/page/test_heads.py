"""The heads of reports: what somebody reads who has one minute."""

import copy

import pytest

from both_sides import pages
from dltparity import fingerprint
from dltparity.page.engine import coded
from dltparity.page.summaries import summary
from dltparity.report import run_story
from dltparity.report.field_words import in_words
from dltparity.toolbox.story import story as toolbox_story
from dltparity.verify.story import story as verify_story


def test_a_net_that_is_judged_in_part_says_so_and_what_would_judge_the_rest(contents):
    content = contents["net"][1]
    head = verify_story(content)
    assert head.result == (
        "Partly judged: 3 numbers saved by MATLAB agree with the toolbox's statements within "
        "rounding error. Not judged without --opts (alpha, batchsize, numepochs): training."
    )
    whole = verify_story({**content, "not_judged": []}).result
    assert "udged" not in whole and whole.endswith("within rounding error.")


def test_what_another_blas_judged_is_no_part_that_is_left(contents):
    content = copy.deepcopy(contents["net"][1])
    content["stages"][0] |= {"stage": "test (reference BLAS)", "compared": "the port and Octave"}
    skipped = {"stage": "test on the data (system BLAS)", "reason": "no bound", "lost": False}
    assert "udged" not in verify_story({**content, "not_judged": [skipped]}).result


@pytest.mark.parametrize(
    ("system", "wording"),
    [
        (12, "12 values computed anew, on each of 2 BLAS."),
        (7, "12 values computed anew on the reference BLAS, and in 7 on the system BLAS."),
        (None, "12 values computed anew."),
    ],
)
def test_values_are_counted_for_each_blas_apart(contents, system, wording):
    content = copy.deepcopy(contents["net"][1])
    one = content["stages"][0] | {"compared": "the port and Octave", "ratio": 0.1}
    content["stages"] = [
        one | {"stage": "backward pass of the last batch", "values": 2},
        one | {"stage": "test (reference BLAS)", "values": 10},
        *([one | {"stage": "test (system BLAS)", "values": system}] if system else []),
    ]
    result = verify_story({**content, "not_judged": []}).result
    assert result == f"The Python port and Octave agree bit for bit in {wording}"


def test_bits_on_one_blas_and_rounding_on_another_are_said_apart(contents):
    content = copy.deepcopy(contents["net"][1])
    one = content["stages"][0] | {"compared": "the port and Octave", "values": 9}
    content["stages"] = [
        one | {"stage": "test (reference BLAS)", "ratio": None},
        one | {"stage": "test (system BLAS)", "ratio": 0.1, "different": 2},
    ]
    assert verify_story({**content, "not_judged": []}).result == (
        "The Python port and Octave agree bit for bit in 9 values computed anew on the reference "
        "BLAS, and within rounding error in 9 on the system BLAS."
    )


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        (
            "images and targets are X and y of the file",
            "Images and targets are X and y of the file.",
        ),
        ("net.mat: no function uses net.date", "net.mat: no function uses net.date."),
        ("x holds values up to 255", "x holds values up to 255."),
        ("batchsize is 7 in the options", "batchsize is 7 in the options."),
    ],
)
def test_a_note_that_begins_with_a_name_keeps_its_case(contents, note, sentence):
    content = {**contents["net"][1], "notes": [note]}
    assert verify_story(content).notes == (sentence,)


def test_a_file_that_save_net_wrote_is_no_evidence_of_matlab(contents):
    content = contents["net"][1]
    writer = {"by": "dltcnn", "platform": "unknown", "date": "today"}
    head = verify_story({**content, "writer": writer})
    assert "written by dltcnn (today)" in head.compared and "saved by dltcnn" in head.result
    assert "were saved by dltcnn itself (today)" in head.sure[0]
    assert head.open[0] == "MATLAB was not run, and did not write the file: dltcnn's save_net did."


def test_a_failure_names_the_promise_the_engine_and_the_size(failing):
    found = run_story.story(failing).result
    assert found.startswith("The Python port must give the same bits as recordings of ")
    assert " instead of " in found and "(set by cnnbp.m:50)" in found
    one = copy.deepcopy(failing)
    one["cases"][0]["verdict"] = "fail"
    one["cases"][1] |= {"verdict": "pass", "first_divergence": None}
    assert ": its Python line by line differs, its compiled engine does not" in (
        run_story.story(one).result
    )
    for case in one["cases"]:
        case["promise"] = "bound"
    assert "must agree with" in run_story.story(one).result


@pytest.mark.parametrize(
    ("theirs", "ours", "wording"),
    [
        ("0x1.0p+0", "0x1.0000000000001p+0", ", off by 2e-16 of its value"),
        ("0x1.0p+0", "0x1.8p+0", ", 1.5 instead of 1"),
        ("0x1.0p+0", "nan", ", nan instead of 1"),
        ("0x0.0p+0", "0x1.0p+0", ", 1 instead of 0"),
        (None, "0x1.0p+0", "."),
    ],
)
def test_the_size_of_a_difference(failing, theirs, ours, wording):
    changed = copy.deepcopy(failing)
    for case in changed["cases"]:
        case["first_divergence"] |= {"reference": theirs, "port": ours}
    assert run_story.story(changed).result.split("”")[1].startswith(wording)


def test_a_case_that_one_comparison_left_out_is_judged_in_part(passing):
    name = passing["cases"][0]["name"]
    left = [{"name": each, "reference": "x", "reason": "y"} for each in (name, name, "a", "b")]
    found = run_story.story({**passing, "not_judged": left}).result
    assert found.endswith("; 1 case judged in part; 2 cases not judged.")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            "bp.layers{2}.dk{1}{3}",
            "the gradient of the kernel from map 1 to map 3 of layer 2, after the backward pass",
        ),
        ("trained.rL", "the smoothed loss, after the training"),
        ("ff.layers{1}.a{4}", "the activations of map 4 of layer 1, after the forward pass"),
        ("ff.layers{1}.unknown", ""),
        ("<script>", ""),
    ],
)
def test_fields_in_words(path, words):
    assert in_words(path) == words


def test_code_in_a_sentence_is_set_as_code_and_escaped():
    assert coded("a `b<` c") == "a <code>b&lt;</code> c"
    assert coded("odd ` <i>") == "odd ` &lt;i&gt;"


def test_sections_in_a_line():
    found = {"mutants": 10, "killed": 8, "equivalent": 2}
    assert summary("mutation", found).endswith("the tests noticed 8 of 10, 2 have no effect")
    assert summary("mutation", {"not_run": "make mutation"}) == (
        "whether the tests would notice a port broken on purpose"
    )
    assert summary("sweep", {"not_run": "x"}) == summary("new", {"a": 1}) == ""
    assert summary("equations", {"rows": [{"verdict": "pass"}, {"verdict": "fail"}]}) == (
        "1 of 2 confirmed"
    )


@pytest.mark.parametrize(
    ("about", "changed"),
    [
        ({"port": "another"}, "port"),  # of recordings alone
        ({"depends_on": {"port": "one", "harness": "another"}}, "harness"),
    ],
)
def test_a_stored_result_of_another_state_is_said_under_the_headline(
    contents, monkeypatch, about, changed
):
    monkeypatch.setattr(fingerprint, "everything", lambda: {"port": "one", "harness": "two"})
    render, content = contents["passing"]
    other = {**content, "provenance": {**content["provenance"], **about}}
    wording = f"This result was measured before these changed: {changed}."
    assert wording not in render(content)
    page = render(other)
    assert page.index(wording) < page.index('class="compared"')


@pytest.mark.parametrize(
    ("changed", "cause"),
    [
        ((), "cnnbp does not match cnnff, though no function is changed"),
        (("cnnff",), "cnnff was changed; the unchanged cnnbp does not match it"),
        (("cnnff", "sigm"), "cnnff, sigm were changed; the unchanged cnnbp does not match them"),
        (("cnnff", "cnnbp"), "cnnff, cnnbp were changed, and cnnbp does not match cnnff"),
    ],
)
def test_wrong_gradients_have_their_cause_and_size_in_the_headline(changed, cause):
    content = pages.edited()
    hunk = content["functions"][0]["changes"][0]
    content["functions"] = [
        {"name": name, "status": "different", "changes": [hunk], "cases": 1} for name in changed
    ]
    found = toolbox_story({**content, "port": None}).result
    assert found == (
        f"The gradients are wrong: {cause}. 1 of 1 gradient is off, by up to 90%. With the "
        "original's cnnff.m:17 they are right."
    )


def test_a_wrong_gradient_without_figure_or_remedy_is_still_told():
    content = {**pages.edited(), "repair": None}
    content["gradients"][0]["groups"][0]["errors"] = {"L": float("inf")}
    found = toolbox_story(content).result
    assert "1 of 1 gradient is off. Not the copy's in Python: cnnff." in found

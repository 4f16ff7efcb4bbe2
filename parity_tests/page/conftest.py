"""Pages of every kind, and a browser to look at them."""

import os
import shutil

import pytest

from both_sides import pages
from dltcnn import Layer, Net
from dltparity import run
from dltparity.page import of_pair, of_run, of_toolbox, of_verify
from dltparity.traces.port import port_trace

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NET = Net([Layer("i"), Layer("c", outputmaps=1, kernelsize=3)])


@pytest.fixture(scope="session")
def passing(tmp_path_factory):
    """The content of a parity.json of a run that keeps its promises."""
    return pages.content(tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="session")
def failing(tmp_path_factory):
    """That of one whose gradients of the output layer are wrong, and so all that follows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "port_trace", _wrong)
        return pages.content(tmp_path_factory.mktemp("reports"))


def _wrong(case, test, engine):
    trace = port_trace(case, test, engine)
    return {
        path: value * 1.5 if path.startswith(("bp.dff", "train.ffW", "trained.layers")) else value
        for path, value in trace.items()
    }


@pytest.fixture(scope="session")
def contents(passing, failing):
    """Name -> what renders it, and the content of a result."""
    return {
        "passing": (of_run.render, passing),
        "failing": (of_run.render, failing),
        "500 cases": (of_run.render, pages.many((passing, 400), (failing, 100))),
        "net": (of_verify.render, pages.verified(NET, 0.0)),
        "wrong net": (of_verify.render, pages.verified(NET, 0.25)),
        "toolbox": (of_toolbox.render, pages.edited()),
        "pair": (of_pair.render, pages.paired()),
    }


@pytest.fixture(scope="session")
def browser():
    """A real browser: Debian's chromium, or one that the system has under another name."""
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found is None:
        reason = f"no browser is here: none of {', '.join(_BROWSERS)} (apt-get install chromium)"
        if os.environ.get("DLTPARITY_REQUIRE"):
            pytest.fail(reason)
        pytest.skip(reason)
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found)
        yield opened
        opened.close()


@pytest.fixture
def show(browser, tmp_path):
    """Open a page in the browser; what its console complains of fails the test."""
    complaints, contexts = [], []

    def show(text, **options):
        file = tmp_path / f"page{len(contexts)}.html"
        file.write_text(text, encoding="utf-8")
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.extend(_elsewhere(request.url)))
        page.goto(file.as_uri())
        return page

    yield show
    for context in contexts:
        context.close()
    assert not complaints


def _elsewhere(url):
    return [] if url.startswith(("file:", "data:")) else [f"{url} was asked for"]

"""Pages in a real browser: with a script and without, for all who read them."""

import pytest

from both_sides import pages
from dltparity.page import of_run

KINDS = ("passing", "failing", "500 cases", "net", "wrong net", "toolbox", "pair")
ROWS = ".map tr[data-case]:visible"


def page_of(contents, show, kind, **options):
    render, content = contents[kind]
    return show(render(content), **options)


def violations(page, context=None, **options):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    options["resultTypes"] = ["violations"]
    found = axe.Axe().run(page, context, options).response["violations"]
    return [(each["id"], each["impact"], each["nodes"][0]["html"]) for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "500 cases"])
def test_it_is_accessible(contents, show, kind, scheme):
    page = page_of(contents, show, kind, color_scheme=scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert not violations(page)


def test_500_cases_are_accessible(contents, show):
    page = page_of(contents, show, "500 cases", bypass_csp=True)
    # Its colours and folded fields are the other pages'; to check them 500 times takes minutes.
    known = {"color-contrast": {"enabled": False}}
    assert not violations(page, {"exclude": [["#fields"]]}, rules=known)


def test_the_check_of_accessibility_finds_what_is_wrong(contents, show):
    render, content = contents["passing"]
    text = render(content).replace('alt="dark"', "").replace("--ok: #14603a", "--ok: #7fb094")
    found = {name for name, *_ in violations(show(text, bypass_csp=True))}
    assert found == {"image-alt", "color-contrast"}


def test_rows_are_filtered(contents, show):
    page = page_of(contents, show, "500 cases")
    assert page.locator(ROWS).count() == 500
    page.get_by_label("Name or net").fill("kernel-1 49")
    assert page.locator(ROWS).count() == 11
    page.get_by_label("Class").select_option("single")
    assert page.locator(ROWS).count() == 2  # 492 and 496
    assert page.locator("output").inner_text() == "2 of 500 shown"
    page.get_by_label("Result").select_option("pass")
    assert page.locator(ROWS).count() == 0


def test_a_cell_opens_the_fields_of_its_row_and_closes_them(contents, show):
    page = page_of(contents, show, "failing")
    fields = page.locator("#c0 table").first
    assert not fields.is_visible()
    page.locator(".map td.fail a").first.press("Enter")
    assert fields.is_visible()
    assert page.locator(".map .opened #c0").count() == 1
    page.locator(".map td.fail a").first.click()
    assert not fields.is_visible()
    assert page.locator(".map .opened").count() == 0


def test_all_parts_open_and_close(contents, show):
    page = page_of(contents, show, "failing")
    page.get_by_role("button", name="Open all parts").click()
    assert page.locator("details:not([open])").count() == 0
    page.get_by_role("button", name="Close all parts").click()
    assert page.locator("details[open]").count() == 0


def test_without_a_script_links_lead_to_the_fields(contents, show):
    page = page_of(contents, show, "failing", java_script_enabled=False)
    assert not page.get_by_label("Name or net").is_visible()
    page.locator(".map td.fail a").first.click()
    assert page.locator("#c0 summary").first.is_visible()


@pytest.mark.parametrize("kind", ["500 cases", "failing"])
def test_nothing_is_wider_than_a_narrow_screen(contents, show, kind):
    page = page_of(contents, show, kind, viewport={"width": 360, "height": 700})
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_runs_nothing(contents, show, kind):
    render, content = contents[kind]
    page = show(render(pages.hostile(content)))
    assert page.locator("script").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_script_that_got_in_would_not_run(passing, browser, tmp_path):
    text = of_run.render(passing).replace("<footer>", "<script>window.hit = 1</script><footer>")
    (tmp_path / "page.html").write_text(text)
    page, complaints = browser.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto((tmp_path / "page.html").as_uri())
    assert page.evaluate("window.hit === undefined")
    assert len(complaints) == 1 and "Content Security Policy" in complaints[0]
    page.close()

"""README and the guide: short enough, and no dependency or page is missing."""

import re
import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
DOCS = CHECKOUT / "docs"
LONGEST = 120  # lines of README.md


def text(path):
    return path.read_text(encoding="utf-8")


def packages():
    """Name the packages that pyproject.toml asks for, in lower case."""
    project = tomllib.loads(text(CHECKOUT / "pyproject.toml"))
    extras = project["project"]["optional-dependencies"].values()
    wanted = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    wanted += [each for extra in extras for each in extra]
    names = {re.match(r"[\w-]+", each)[0].lower() for each in wanted}
    return names - {"dltcnn"}


def without_reason(page):
    """Name the packages that a page's table does not give a reason for."""
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| ")]
    named = {
        name.strip().partition(" ")[0].lower()
        for row in rows
        for name in row[1].split(",")
        if row[3].strip()
    }
    return packages() - named


def test_every_dependency_has_its_reason():
    page = text(DOCS / "dependencies.md")
    assert not without_reason(page)
    assert without_reason(re.sub(r"\| scipy \|.*", "", page)) == {"scipy"}


def test_the_readme_is_short_and_its_links_lead_somewhere():
    readme = text(CHECKOUT / "README.md")
    assert len(readme.splitlines()) <= LONGEST
    links = [link for link in re.findall(r"\]\(([^)]+)\)", readme) if "://" not in link]
    assert len(links) > 10
    assert not [link for link in links if not (CHECKOUT / link).exists()]

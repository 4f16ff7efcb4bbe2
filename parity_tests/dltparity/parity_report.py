"""The report of a run: parity.json, parity.md and parity.html, and the one verdict."""

import json
from collections import Counter
from pathlib import Path

from . import sections
from .files import check_ends, write_report
from .page import of_run
from .report import parity
from .seal import sealed

SCHEMA = 1
LOCAL = "local"  # below the folder of reports: git ignores it


class Report:
    """The report of a run.

    Parameters
    ----------
    comparison : run.Comparison
        The cases compared.
    gathered : dict
        Name -> content, from `sections.gather`.
    chosen : list of str
        The patterns that chose the cases, or the case file; empty where all were run.
    command : str
        The command line that repeats it.

    Attributes
    ----------
    broken : list of str
        What breaks a promise beside the cases.
    """

    def __init__(self, comparison, gathered, chosen=(), command=""):
        self._comparison, self._sections, self._chosen = comparison, gathered, list(chosen)
        self._command = command
        self.broken = sections.broken(gathered)

    @property
    def verdict(self):
        """'pass'; 'fail' where a case or a section breaks its promise, or nothing was compared."""
        results = self._comparison.results
        kept = results and all(result.verdict == "pass" for result in results) and not self.broken
        return "pass" if kept else "fail"

    def content(self):
        """Return the content of parity.json, which other programs build on: JSON types only."""
        cases = [result.as_dict() for result in self._comparison.results]
        found = {
            "schema": SCHEMA,
            "verdict": self.verdict,
            "command": self._command,
            "chosen": self._chosen,
            "provenance": self._comparison.provenance,
            "totals": {
                "cases": len(cases),
                "fields": sum(case["fields"] for case in cases),
                "values": sum(case["values"] for case in cases),
                "different_values": sum(case["different_values"] for case in cases),
                "failed_cases": sum(case["verdict"] == "fail" for case in cases),
                "not_judged": len(self._comparison.not_judged),
            },
            "cases": cases,
            "pictures": self._comparison.pictures,
            **self._sections,
        }
        return sealed(found)

    def write(self, folder):
        """Write the files; earlier ones stay until the new ones are complete.

        A report that holds more than this one is not replaced: this one goes beside it.

        Parameters
        ----------
        folder : Path
            Where to.

        Returns
        -------
        list of Path
            The files.
        str
            What the report in `folder` has that this one lacks; empty where it was replaced.

        Raises
        ------
        RequestError
            If they cannot be written.
        """
        content = self.content()
        lacking = lacks(content, Path(folder, "parity.json"))
        place = Path(folder, LOCAL) if lacking else folder
        text, details = render(content)
        page = of_run.render(content)
        return write_report(place, "parity", text, content, page, details), lacking


def lacks(content, file):
    """Say what a stored report has that another lacks.

    Parameters
    ----------
    content : dict
        The other's.
    file : Path
        The stored one, a parity.json; one that cannot be read holds nothing.

    Returns
    -------
    str
        Such as ``90 cases against acnn``; empty where nothing is lacking.
    """
    try:
        check_ends(file)
        stored = json.loads(file.read_text(encoding="utf-8"))
        missing = _compared(stored) - _compared(content)
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    counts = Counter((reference, blas) for _, reference, blas in {each[:3] for each in missing})
    return ", ".join(
        f"{count} {'case' if count == 1 else 'cases'} against {reference} ({blas})"
        for (reference, blas), count in sorted(counts.items())
    )


def _compared(content):
    # A report of earlier days was of the lines alone.
    names = ("name", "reference", "blas")
    return {
        (*(case[name] for name in names), case.get("engine", "lines")) for case in content["cases"]
    }


def render(content):
    """Write the content of a parity.json as Markdown.

    Parameters
    ----------
    content : dict
        As `Report.content` returns it, or read from a file.

    Returns
    -------
    str
        The report.
    dict of str to str
        Name of a file -> text: the details, which the report names.
    """
    texts = sections.render(content)
    text = parity.render(content, sections.broken(content), texts)
    return text, parity.details(content, texts)

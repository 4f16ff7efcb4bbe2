"""The report of a run: reports/parity.json and reports/parity.md, and the one verdict."""

from . import sections
from .files import write_report
from .report import parity

SCHEMA = 1


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

    Attributes
    ----------
    broken : list of str
        What breaks a promise beside the cases.
    """

    def __init__(self, comparison, gathered, chosen=()):
        self._comparison, self._sections, self._chosen = comparison, gathered, list(chosen)
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
        return {
            "schema": SCHEMA,
            "verdict": self.verdict,
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
            **self._sections,
        }

    def write(self, folder):
        """Write both files; earlier ones stay until the new ones are complete.

        Parameters
        ----------
        folder : Path
            Where to.

        Returns
        -------
        list of Path
            The files.

        Raises
        ------
        RequestError
            If they cannot be written.
        """
        content = self.content()
        return write_report(folder, "parity", render(content), content)


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
    """
    return parity.render(content, sections.render(content))

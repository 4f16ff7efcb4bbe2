"""What a result is made of, in one form for all commands: items, each with a state.

`read` knows how each command writes its result; what compares results and tells them to others
knows items only.
"""

from dataclasses import dataclass

PASS, FAIL = "pass", "fail"
NOT_JUDGED = "not judged"  # nothing is promised there
NOT_MEASURED = "not measured"  # something is, and it could not be measured


@dataclass(frozen=True)
class Item:
    """A case, a stage, a function or a section of a report.

    Attributes
    ----------
    name : str
        Its name.
    group : str
        What it was compared with.
    state : str
        `PASS`, `FAIL`, `NOT_JUDGED` or `NOT_MEASURED`.
    wording : str
        The first divergence, or the reason.
    variant : str
        What else tells it from others of its name: the BLAS and the engine of a case.
    promise : str
        What it is held to, where promises of several strengths are made: 'bit' is the strongest.
    worst : float or None
        The figure by which it is better or worse than another of the same promise: larger is
        worse.
    amount : int or None
        How much was compared, where that does not depend on the outcome.
    unit : str
        What `amount` counts.
    place : Place or None
        The line of Python, or of the user's .m file, to look at.
    """

    name: str
    group: str
    state: str
    wording: str = ""
    variant: str = ""
    promise: str = ""
    worst: float | None = None
    amount: int | None = None
    unit: str = "fields"
    place: object = None

    @property
    def key(self):
        """What the same item of another result has too."""
        return self.group, self.name, self.variant

    @property
    def title(self):
        """Its name and what it was compared with, in words."""
        return f"{self.name} ({', '.join(filter(None, (self.group, self.variant)))})"

    @property
    def is_broken(self):
        """Whether it is not as promised: it fails, or could not be measured."""
        return self.state in (FAIL, NOT_MEASURED)


@dataclass(frozen=True)
class Result:
    """A result.

    Attributes
    ----------
    kind : str
        The command: 'run', 'verify', 'toolbox' or 'pair'.
    verdict : str
        The command's word for the whole.
    items : list of Item
        In the order of the report.
    """

    kind: str
    verdict: str
    items: list

"""A row of what `dltparity doctor` says."""

from dataclasses import asdict, dataclass

OK, MISSING, OPTIONAL = "ok", "missing", "optional"


@dataclass(frozen=True)
class Row:
    """What was found of one thing.

    Attributes
    ----------
    name : str
        The thing.
    state : str
        `OK`; `MISSING` where `dltparity run` cannot do without; `OPTIONAL` where it is not here and
        can be done without.
    found : str
        What is here, or what is wrong.
    next : str
        What to do; empty where nothing is.
    """

    name: str
    state: str
    found: str
    next: str = ""

    def as_dict(self):
        """Return it in JSON types."""
        return asdict(self)


def ok(name, found):
    """Make the row of what is here."""
    return Row(name, OK, found)


def missing(name, found, remedy):
    """Make the row of what is needed and not here."""
    return Row(name, MISSING, found, remedy)


def optional(name, found, remedy):
    """Make the row of what is not here and can be done without."""
    return Row(name, OPTIONAL, found, remedy)

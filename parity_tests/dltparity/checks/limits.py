"""The toolbox's limits: what the original does, and what cnn* and acnn* do instead."""

import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Limit:
    """A limit of the toolbox's network.

    Attributes
    ----------
    id : str
        Such as ``D01``.
    limit : str
        What it is, in a few words.
    threads : tuple of str
        Numbers in the toolbox's issue tracker; ``PR 76`` is a pull request.
    original : str
        What it does.
    tests : tuple of str
        Live tests that show it, and that the port does the same.
    cnn : str
        What the port does.
    acnn : str
        What this project's own network does instead.
    acnn_tests : tuple of str
        Tests that show that.
    """

    id: str
    limit: str
    threads: tuple[str, ...]
    original: str
    tests: tuple[str, ...]
    acnn: str
    acnn_tests: tuple[str, ...]
    cnn: str = "the same"


@cache
def limits():
    """Return all limits.

    Returns
    -------
    tuple of Limit
        In the order of their ids.
    """
    path = Path(__file__).with_name("limits.toml")
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["limit"]
    return tuple(
        Limit(**{k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()})
        for entry in entries
    )


def gather():
    """Return all limits as JSON has them."""
    return [asdict(limit) for limit in limits()]

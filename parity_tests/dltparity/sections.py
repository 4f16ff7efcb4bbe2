"""What the report of a run shows beside the comparison of cases: one table.

A section is a module that measures, a module in `report/` that writes, and a row in `SECTIONS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from .checks import accuracy, determinism, limits, stored_results
from .equations import measure
from .lines import section as lines
from .report import accuracy as accuracy_text
from .report import determinism as determinism_text
from .report import engines as engines_text
from .report import equations as equations_text
from .report import limits as limits_text
from .report import lines as lines_text
from .report import mutation as mutation_text
from .report import not_judged as not_judged_text
from .report import speed as speed_text
from .report import sweep as sweep_text
from .run import Comparison

RUN = "make parity"


@dataclass(frozen=True)
class Context:
    """What sections are made of.

    Attributes
    ----------
    comparison : run.Comparison
        The cases compared.
    names : sequence of str
        The references of the run: what needs Octave or the original is left out without.
    folder : Path
        Of the reports, where commands that take long have stored their results.
    whole : bool
        Whether all cases were run; otherwise only the sections on the cases are shown.
    """

    comparison: Comparison
    names: tuple
    folder: Path
    whole: bool = True


@dataclass(frozen=True)
class Section:
    """A section of the report.

    Attributes
    ----------
    gather : callable
        Context -> content in JSON types; None where the section does not belong to the report.
    render : callable
        Content -> Markdown.
    broken : callable
        Content -> the names of broken promises.
    lacking : callable
        Content -> what keeps it from being a whole one of today, in sentences.
    command : str
        What measures it.
    stored : bool
        Whether a command of its own measures it and a run only shows what that has stored.
    """

    gather: Callable
    render: Callable
    broken: Callable = lambda content: []
    lacking: Callable = lambda content: []
    command: str = RUN
    stored: bool = False


def _needs(references, gather):
    """Gather only in a run of all cases that used one of these references."""

    def gathered(context):
        return gather() if context.whole and {*references} & {*context.names} else None

    return gathered


def _stored(name, read, render, command):
    """Show what a command that takes long has stored."""

    def gathered(context):
        return read(Path(context.folder, f"{name}.json"), command) if context.whole else None

    def broken(content):
        return [name] * stored_results.is_broken(content)

    return Section(gathered, render, broken, stored_results.lacking, command, stored=True)


def _nets(name, read, render, command, least, **wanted):
    """Show what was found of random nets; `least` of them, as `wanted`, make a whole result."""
    command = f"dltparity {command.format(least)} --summary reports/{name}.json"
    return _stored(name, partial(read, least=least, **wanted), render, command)


def _score(kind, name, command):
    """Show what a kind of judge found of planted faults."""
    return _stored(name, partial(stored_results.mutation, kind=kind), mutation_text.render, command)


SECTIONS = {
    "not_judged": Section(
        lambda context: context.comparison.not_judged,
        not_judged_text.render,
    ),
    "lines": Section(_needs(["original"], lines.gather), lines_text.render, lines.broken),
    "accuracy": Section(
        lambda context: accuracy.gather(context.comparison.results),
        accuracy_text.render,
    ),
    "sweep": _nets(
        "sweep",
        stored_results.sweep,
        sweep_text.render,
        "sweep --nets {} --seed 4",
        2000,
        family="cnn",
        reference="original",
    ),
    "sweep-acnn": _nets(
        "sweep-acnn",
        stored_results.sweep,
        sweep_text.render,
        "sweep --family acnn --nets {} --seed 400",
        2000,
        family="acnn",
    ),
    "engines": _nets(
        "engines", stored_results.engines, engines_text.render, "engines --nets {}", 4000
    ),
    "determinism": Section(
        _needs(["original", "acnn"], determinism.gather),
        determinism_text.render,
        determinism.broken,
    ),
    "equations": Section(
        _needs(["original", "acnn"], measure.gather),
        equations_text.render,
        measure.broken,
        measure.lacking,
        f"make test-oracle && {RUN}",
    ),
    "limits": Section(
        lambda context: limits.gather() if context.whole else None,
        limits_text.render,
    ),
    "mutation": _score("tests", "mutation", "make mutation"),
    "mutation-oracles": _score("oracles", "mutation-oracles", "make mutation by=oracles"),
    "mutation-recordings": _score(
        "recordings", "mutation-recordings", "make mutation by=recordings"
    ),
    "speed": _stored(
        "bench", stored_results.bench, speed_text.render, "dltparity bench --out reports"
    ),
}


def gather(context):
    """Gather the sections of a report.

    Parameters
    ----------
    context : Context
        What they are made of.

    Returns
    -------
    dict
        Name -> content, in the order of `SECTIONS`; JSON types only.
    """
    found = {name: section.gather(context) for name, section in SECTIONS.items()}
    return {name: content for name, content in found.items() if content is not None}


def broken(content):
    """Name what breaks a promise.

    Parameters
    ----------
    content : dict
        Name -> content, as `gather` returns it.

    Returns
    -------
    list of str
        Empty where all promises are kept. Stored results of another port do not count.
    """
    return [
        what
        for name, section in SECTIONS.items()
        if content.get(name)
        for what in section.broken(content[name])
    ]


def render(content):
    """Write the sections of a report.

    Parameters
    ----------
    content : dict
        As for `broken`; what is no section, or empty, is left out.

    Returns
    -------
    dict of str to str
        Name -> Markdown, in the order of `SECTIONS`.
    """
    return {
        name: section.render(content[name])
        for name, section in SECTIONS.items()
        if content.get(name)
    }

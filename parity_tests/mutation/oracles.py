"""One mutant before the oracles of the equations alone: no .m file, no recording, no test."""

import contextlib
import io
import os

from . import trial

_SECONDS = 60  # of the processor's time; several times what is needed
_FROM_THE_NETS_OWN_VALUES = "direct sum"  # is asked anew for each mutant


def known():
    """Ask the oracles about the nets of the ledger: (net, oracle) -> path -> value."""
    from dltparity.equations import measure
    from dltparity.equations.oracles import autograd

    return {
        (name, oracle): measure.expected(name, oracle)
        for name in measure.CASES
        for oracle in measure.ORACLES
        if oracle != _FROM_THE_NETS_OWN_VALUES
        if oracle != "autograd" or autograd.available()
    }


def try_oracles(mutant, known, nets=None):
    """Judge by the oracles: a difference above what they promise kills.

    Parameters
    ----------
    mutant : Mutant or None
        None for the port without a fault.
    known : dict
        From `known`.
    nets : list of str, optional
        Of the ledger's nets; all by default.
    """
    trial._install(mutant, _SECONDS)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            same = _agree(known, nets)
    except BaseException:
        same = False
    os._exit(trial.SURVIVED if same else trial.KILLED)


def try_ledger(mutant, known, folder):
    """Judge by the whole ledger, against .m files with the same fault; prints where bits differ."""
    trial._install(mutant, 4 * _SECONDS)
    measure = _prepared(known)
    measure.acnn_paths = lambda: [folder]
    try:
        content = measure.gather()
    except Exception as error:
        print(f"  the ledger stops: {type(error).__name__}: {error}", flush=True)
        os._exit(trial.KILLED)
    different = sum(row["different_values"] for row in content["rows"])
    if different:
        print(f"  {different} values differ: the two faults are not the same", flush=True)
    os._exit(trial.KILLED if measure.broken(content) else trial.SURVIVED)


def _late(oracle):
    """Put the course last: its trainings take the most time."""
    return oracle == "course", oracle


def _prepared(known):
    from dltparity.equations import measure

    asked = measure.expected
    measure.expected = lambda name, oracle: known.get((name, oracle)) or asked(name, oracle)
    return measure


def _agree(known, nets):
    measure = _prepared(known)
    figures = (
        figure
        for oracle in sorted({_FROM_THE_NETS_OWN_VALUES, *(o for _, o in known)}, key=_late)
        for name in nets or measure.CASES
        for figure in measure.measured(name, oracle).values()
    )
    return all(figure <= measure.PROMISED for figure in figures)

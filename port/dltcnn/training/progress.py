"""How far a training has come: a bar where somebody sees it, else a line per epoch."""

import sys
from contextlib import contextmanager
from types import SimpleNamespace

try:
    from tqdm import tqdm
except ModuleNotFoundError:
    tqdm = None


@contextmanager
def progress(verbose, numepochs, batches, position):
    """Report on a training.

    Parameters
    ----------
    verbose : bool
        Whether to say anything.
    numepochs : number
        As it was given.
    batches : Batches
        How many there are.
    position : Position
        Where it begins.

    Yields
    ------
    object
        With ``epoch(number)`` to call when one begins, and ``batch(loss)`` when one is done.
    """
    if not verbose:
        yield SimpleNamespace(epoch=lambda number: None, batch=lambda loss: None)
        return
    if tqdm is None or not _is_watched():
        yield SimpleNamespace(
            epoch=lambda number: print(_named(number, numepochs)), batch=lambda loss: None
        )
        return
    done = position.epoch * batches.per_epoch + position.batch
    total = batches.epochs * batches.per_epoch
    with tqdm(total=total, initial=done, unit="batch", dynamic_ncols=True) as bar:

        def batch(loss):
            bar.set_postfix_str(f"loss {float(loss):.4g}", refresh=False)
            bar.update()

        yield SimpleNamespace(
            epoch=lambda number: bar.set_description(_named(number, numepochs)), batch=batch
        )


def _named(number, numepochs):
    """Name an epoch as the toolbox does."""
    return f"epoch {number + 1}/{numepochs}"


def _is_watched():
    """Whether somebody sees a bar: on a terminal, or in a notebook."""
    return sys.stderr.isatty() or type(sys.stderr).__module__.startswith("ipykernel")

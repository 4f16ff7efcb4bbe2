"""The quick engine's acnntrain."""

from ..acnn.acnnapplygrads import acnnapplygrads
from ..acnn.acnnbp import acnnbp
from ..acnn.acnnff import acnnff
from ..acnn.acnntrain import acnntrain as exact
from ..matlab.classes import operand
from ..value_semantics import unshared_copy
from .accept import require_finite, require_finite_weights
from .acnnbp import are_targets
from .batch import Crew
from .chain import has_gradient_cells, read_acnn_chain
from .cnntrain import are_plain_numbers, run
from .training import Training

EXACT = (acnnff, acnnbp, acnnapplygrads)


def acnntrain(net, x, y, opts, rng, threads=1):
    """Train by gradient descent over shuffled batches.

    The quick form of `dltcnn.acnntrain`: the same shuffles, and the same fields up to rounding.

    Parameters
    ----------
    net : Net
        A net from `acnnsetup`, or a trained one to train further.
    x, y : numpy.ndarray
        Images and targets, as for `dltcnn.acnntrain`.
    opts : Opts
        alpha, batchsize (at least 1) and numepochs.
    rng : OctaveRandom
        Where the shuffles are drawn from: any object with ``randperm(n)``, 0-based.
    threads : int
        How many threads share a batch; give BLAS one thread then (see `dltcnn.fast`).

    Returns
    -------
    Net
        The trained net, with all fields of its last batch and the smoothed loss rL.

    Raises
    ------
    ValueError
        If images, targets or weights are not finite, or weights become so; if `threads` is not
        at least 1.
    MatlabError
        As `dltcnn.acnntrain` does.
    """
    crew = Crew(threads)
    x, y = operand(x), operand(y)
    require_finite(None, x=x, y=y)
    require_finite_weights(net)
    chain = read_acnn_chain(net, x)
    if chain is None or not has_gradient_cells(net) or not fit(chain, x, y, opts):
        return exact(net, x, y, opts, rng)
    with crew:
        training = Training(unshared_copy(net), chain, x, y, opts, crew, EXACT)
        return run(training, x.shape[2], opts, rng, verbose=False)


def fit(chain, x, y, opts):
    """Whether targets and options are such that batches can be trained on."""
    return (
        are_plain_numbers(opts)
        and opts.batchsize >= 1
        and opts.numepochs % 1 == 0
        and y.shape == (chain.classes, x.shape[2])
        and are_targets(y)
    )

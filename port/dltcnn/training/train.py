"""cnntrain and acnntrain as people call them: the loop, with somebody's steps in it."""

from contextlib import nullcontext

import numpy as np

from ..arguments import check, places
from .checkpoint import Checkpoint, settings_of
from .families import ACNN, CNN
from .interruption import Position, without_position
from .loop import Loop
from .loss import SmoothedLoss
from .steps import LineByLine


def train(
    family,
    steps_of,
    net,
    x,
    y,
    opts,
    rng,
    verbose=True,
    *,
    callback=None,
    schedule=None,
    checkpoint=None,
    continue_rL=False,
):
    """Train a net: see `cnntrain`.

    Parameters
    ----------
    family : Family
        Whose functions.
    steps_of : callable
        ``with steps_of(family, net, batches, opts) as steps:`` gives who computes them, or None
        for the line-by-line functions; it may refuse, also where there are no batches.
    net, x, y, opts, rng, verbose, callback, schedule, checkpoint, continue_rL
        As for `cnntrain`.

    Returns
    -------
    Net
        The trained net.
    """
    check(places(family.train), (net, x, y, opts, rng), {})
    opts, position = without_position(opts)
    if schedule:
        opts.alpha = 0.0  # until the first batch
    batches = family.batches(net, x, y, opts)
    if batches is None:
        keywords = {"callback": callback, "schedule": schedule, "checkpoint": checkpoint}
        _refuse([name for name, value in keywords.items() if value], opts)
        with steps_of(family, net, batches, opts):
            return _line_by_line(family, net, x, y, opts, rng, verbose, continue_rL)
    kept, continued = None, continue_rL or position is not None
    if checkpoint is not None:
        settings = position.settings if position else None
        settings = settings or _settings(family, net, batches, opts, rng, schedule)
        kept = Checkpoint(checkpoint, settings)
        found = None if position else kept.load(batches.epochs)
        if found:
            (net, position, rng.state, rng.randn_state), continued = found, True
    position = position or Position(batchsize=batches.size)
    _require_fit(position, batches)
    with steps_of(family, net, batches, opts) as steps:
        position.settings = kept.settings if kept else None
        steps = steps or LineByLine(family, net, batches)
        losses = SmoothedLoss(_rL(net, continued))
        loop = Loop(
            *(steps, batches, position, opts, rng, losses), verbose, callback, schedule, kept
        )
        return loop.run()


def _by_lines(*_):
    return nullcontext()


def _settings(family, net, batches, opts, rng, schedule):
    function, arrays = family.train.__name__, (batches.x, batches.y)
    return settings_of(function, net, *arrays, opts, rng, bool(schedule))


def _rL(net, continued):
    """Return rL to go on from: none where it begins anew."""
    rL = vars(net).get("rL") if continued else None
    return np.zeros((0, 0)) if rL is None else rL


def _line_by_line(family, net, x, y, opts, rng, verbose, continue_rL):
    """Train by the line-by-line function itself, where only it can follow."""
    loud = {"verbose": verbose} if family.quiet else {}
    trained = family.train(net, x, y, opts, rng, **loud)
    if not trained.rL.size:  # no batch was asked for
        trained.rL = np.array(_rL(net, continue_rL))
    return trained


def _refuse(keywords, opts):
    """Refuse keywords with options and arrays that only the line-by-line function can follow."""
    if keywords:
        raise ValueError(
            f"{', '.join(keywords)} was given with opts={opts!r}: expected a batchsize that is one "
            "whole number, numepochs that is one finite number of at least 1, x (rows, cols, N) "
            "and y (classes, N)"
        )


def _require_fit(position, batches):
    """Refuse to go on with other images or batches than those the training was interrupted in."""
    order = position.order
    if order is not None and (len(order), position.batchsize) != (batches.images, batches.size):
        raise ValueError(
            f"the training was interrupted in an epoch of {len(order)} images in batches of "
            f"{position.batchsize}, and {batches.images} in batches of {batches.size} were given: "
            "go on with those"
        )


def cnntrain(
    net,
    x,
    y,
    opts,
    rng,
    verbose=True,
    *,
    callback=None,
    schedule=None,
    checkpoint=None,
    continue_rL=False,
):
    """Train by stochastic gradient descent over shuffled batches.

    Port of CNN/cnntrain.m (DeepLearnToolbox 5df2801): its bits, in a loop that also reports, calls
    back, keeps checkpoints and can be interrupted.

    Parameters
    ----------
    net : Net
        A net from `cnnsetup`, or a trained one to train further.
    x : numpy.ndarray
        Images (rows, cols, N).
    y : numpy.ndarray
        Targets (classes, N) in [0, 1].
    opts : Opts
        alpha, batchsize (a divisor of N, at least 2) and numepochs.
    rng : OctaveRandom
        Where the shuffles are drawn from: any object with ``randperm(n)``, 0-based.
    verbose : bool
        Whether to show how far it is: a bar on a terminal or in a notebook where tqdm is installed,
        else a line per epoch, as the toolbox prints.
    callback : callable, optional
        Called as ``callback(net, epoch, batch)`` after each batch, both counted from 0, with a copy
        of the net: its weights, L and rL are those after the batch. If it returns True, the
        training ends there.
    schedule : callable, optional
        ``schedule(epoch, batch)``, both counted from 0, gives the learning rate of each batch, in
        place of opts.alpha.
    checkpoint : str or Path, optional
        A file that keeps the training's state: at its beginning, after each epoch, within an epoch
        once a minute, and at Ctrl-C. The same call goes on from the file where it is there, also
        with a larger numepochs, to the bits of a training that was never interrupted. The file of
        another training (other images, options, weights or stream) is refused.
    continue_rL : bool
        Whether rL goes on from the net's, if it has one, instead of beginning anew.

    Returns
    -------
    Net
        The trained net, with all fields of its last batch and the smoothed loss rL,
        (batches + 1,): the first batch's loss, then 0.99 of the last value and 0.01 of the batch's.

    Raises
    ------
    MatlabError
        If the batch size does not divide N, and as `cnnff`, `cnnbp` and `cnnapplygrads` do.
    TrainingInterrupted
        At Ctrl-C, when the batch is done: a `KeyboardInterrupt` that carries net, options and
        stream to go on with.
    ValueError
        If the checkpoint is damaged or another training's, `schedule` gives no finite number, or
        options and arrays are such that only the line-by-line training, without keywords, can
        follow.
    TypeError
        If an argument is of another type; with a checkpoint, if the stream is no `OctaveRandom`.
    OSError
        If the checkpoint cannot be written.
    """
    keywords = {"callback": callback, "schedule": schedule}
    keywords |= {"checkpoint": checkpoint, "continue_rL": continue_rL}
    return train(CNN, _by_lines, net, x, y, opts, rng, verbose, **keywords)


def acnntrain(
    net,
    x,
    y,
    opts,
    rng,
    verbose=True,
    *,
    callback=None,
    schedule=None,
    checkpoint=None,
    continue_rL=False,
):
    """Train by gradient descent over shuffled batches.

    Port of matlab_ref/acnn/acnntrain.m: its bits, in the loop of `cnntrain`.

    Parameters
    ----------
    net : Net
        A net from `acnnsetup`, or a trained one to train further.
    x : numpy.ndarray
        Images (rows, cols, N) or (rows, cols, channels, N).
    y : numpy.ndarray
        Targets (classes, N), as for `acnnloss`.
    opts : Opts
        alpha as for `acnnapplygrads`, batchsize (at least 1; the last batch may be smaller) and
        numepochs.
    rng : OctaveRandom
        Where the shuffles are drawn from: any object with ``randperm(n)``, 0-based.
    verbose, callback, schedule, checkpoint, continue_rL
        As for `cnntrain`; a schedule gives one learning rate for all weights.

    Returns
    -------
    Net
        The trained net, with all fields of its last batch and the smoothed loss rL,
        (batches + 1,): the first batch's loss, then 0.99 of the last value and 0.01 of the batch's.

    Raises
    ------
    MatlabError
        Before the training, if an option is missing or wrong or the targets do not fit, as for
        `acnnloss`; and as the other functions do.
    TrainingInterrupted, ValueError, TypeError, OSError
        As `cnntrain`.
    """
    keywords = {"callback": callback, "schedule": schedule}
    keywords |= {"checkpoint": checkpoint, "continue_rL": continue_rL}
    return train(ACNN, _by_lines, net, x, y, opts, rng, verbose, **keywords)

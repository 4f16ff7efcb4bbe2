"""One case through both engines: each function's result in every field, and a training's."""

import copy
from functools import partial

from dltcnn import MatlabError, functions

from .same import differences

STAGES = ("ff", "bp", "train", "test")


def compared(case, threads=1):
    """Run a case through both engines.

    Parameters
    ----------
    case : cases.Both
        The case.
    threads : int
        Of the compiled engine.

    Returns
    -------
    list of str
        What differs, by the function it comes from; empty where nothing does.
    """
    lines, auto = results(case, engine="lines"), results(case, engine="auto", threads=threads)
    return [
        f"{stage}: {difference}"
        for stage, expected, found in zip(STAGES, lines, auto, strict=False)
        for difference in differences(expected, found)
    ]


def results(case, **keywords):
    """Run a case through one engine.

    Parameters
    ----------
    case : cases.Both
        The case.
    **keywords
        engine and threads.

    Returns
    -------
    list
        What the functions of `STAGES` give, or the words and the line of a refusal, which ends it.
    """
    prefix = "acnn" if case.acnn else "cnn"
    ff, bp, train, test = (partial(getattr(functions, prefix + s), **keywords) for s in STAGES)
    batch = case.x.shape[-1] if case.acnn else case.opts.batchsize
    found = []
    try:
        found.append(ff(case.net, case.x[..., :batch]))
        found.append(bp(found[0], case.y[:, :batch]))
        found.append(train(case.net, case.x, case.y, case.opts, copy.deepcopy(case.rng), False))
        found.append(list(test(found[-1], case.x, case.y)))
    except MatlabError as error:
        found.append([str(error), str(error.line)])
    return found

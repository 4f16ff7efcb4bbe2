"""One case through both engines: each function's result in every field, and a training's."""

import copy
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from both import differences

import dltcnn
from dltcnn import MatlabError, compiled
from dltcnn.compiled import lines, training


def compared(case, threads=1):
    """Run a case through both engines.

    Returns
    -------
    list of str
        What differs, by the function it comes from; empty where nothing does.
    """
    found, prefix = [], "acnn" if case.acnn else "cnn"
    line, quick = (
        {name: getattr(of, prefix + name) for name in ("ff", "bp", "train", "test")}
        for of in (dltcnn, compiled)
    )
    n = case.x.shape[-1]
    batch = case.opts.batchsize if not case.acnn else n
    x, y = case.x[..., :batch], case.y[:, :batch]
    forward = _both(found, "ff", line["ff"], quick["ff"], case.net, x)
    if forward is not None:
        _both(found, "bp", line["bp"], quick["bp"], forward, y)
    arguments = (case.net, case.x, case.y, case.opts)
    more = () if case.acnn else (False,)
    trained = [
        _outcome(train, *arguments, copy.deepcopy(case.rng), *more, **kwargs)
        for train, kwargs in ((line["train"], {}), (quick["train"], {"threads": threads}))
    ]
    _judge(found, "train", *trained)
    if isinstance(trained[0], dltcnn.Net):
        tested = [
            _outcome(test, trained[0], case.x, case.y, **kwargs)
            for test, kwargs in ((line["test"], {}), (quick["test"], {"threads": threads}))
        ]
        _judge(found, "test", *map(list, tested))
    return found


def _both(found, stage, line, quick, net, data):
    expected, got = _outcome(line, net, data), _outcome(quick, net, data)
    _judge(found, stage, expected, got)
    return expected if isinstance(expected, dltcnn.Net) else None


def _outcome(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except MatlabError as error:
        return [f"{error}", f"{error.line}"]


def _judge(found, stage, expected, got):
    found += [f"{stage}: {difference}" for difference in differences(expected, got)]


@contextmanager
def never_by_lines():
    """Make every fall back on the line-by-line functions an error while the context lasts."""

    def refuse(*_, **__):
        raise AssertionError("the compiled engine left this to the line-by-line functions")

    names = [prefix + name for prefix in ("cnn", "acnn") for name in ("ff", "bp", "train", "test")]
    with ExitStack() as stack:
        for name in names:
            stack.enter_context(patch.object(lines, name, refuse))
        for name in ("_CNN", "_ACNN"):
            stack.enter_context(patch.object(training, name, (refuse,) * 3))
        yield

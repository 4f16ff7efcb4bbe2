"""The keyword `engine`: the exact engine unless the quick one is asked for."""

import inspect

import numpy as np
import pytest

import dltcnn
from dltcnn import OctaveRandom, Opts, fast
from fast.nets import case, fields

OPTS = Opts(alpha=1, batchsize=4, numepochs=1)
NAMES = [f"{family}{part}" for family in ("cnn", "acnn") for part in ("ff", "bp", "train", "test")]


def arguments(name):
    net, x, y = case("2c3-2s-3c2", 10, 8, 3)
    return {
        "cnnff": (net, x),
        "cnnbp": (dltcnn.cnnff(net, x), y),
        "cnntrain": (net, x, y, OPTS, OctaveRandom(1), False),
        "cnntest": (net, x, y),
        "acnnff": (net, x),
        "acnnbp": (dltcnn.acnnff(net, x), y),
        "acnntrain": (net, x, y, OPTS, OctaveRandom(1)),
        "acnntest": (net, x, y),
    }[name]


def bits(result):
    values = fields(result) if hasattr(result, "layers") else dict(enumerate(result))
    return {name: np.asarray(value).tobytes() for name, value in values.items()}


@pytest.mark.parametrize("name", NAMES)
def test_the_engine_is_the_one_asked_for(name):
    function, quick = getattr(dltcnn, name), getattr(fast, name)
    default = bits(function(*arguments(name)))
    assert bits(function(*arguments(name), engine="exact")) == default
    assert bits(function(*arguments(name), engine="auto")) == default
    assert bits(function(*arguments(name), engine="fast")) == bits(quick(*arguments(name)))
    if not name.endswith("test"):  # its counts are the same
        assert bits(quick(*arguments(name))) != default


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_engine_is_refused(name):
    with pytest.raises(
        ValueError, match=r"engine='quick' was given: expected \"exact\".*\"auto\".*\"fast\""
    ):
        getattr(dltcnn, name)(*arguments(name), engine="quick")


@pytest.mark.parametrize("name", ["cnntrain", "cnntest", "acnntrain", "acnntest"])
def test_threads_are_the_quick_engines(name):
    function, quick = getattr(dltcnn, name), getattr(fast, name)
    threaded = bits(function(*arguments(name), engine="fast", threads=2))
    assert threaded == bits(quick(*arguments(name), threads=2))
    with pytest.raises(ValueError, match=r"threads=2.*engine=\"fast\""):
        function(*arguments(name), threads=2)


@pytest.mark.parametrize("engine", ["exact", "fast"])
@pytest.mark.parametrize("name", ["cnnff", "cnnbp", "acnnff", "acnnbp"])
def test_threads_are_refused_by_what_takes_none(name, engine):
    takes = "only the functions that train and test take it"
    words = f"{name}\\(\\) got an unexpected keyword argument 'threads': {takes}"
    with pytest.raises(TypeError, match=words):
        getattr(dltcnn, name)(*arguments(name), engine=engine, threads=2)


@pytest.mark.parametrize("engine", ["exact", "auto", "fast"])
@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_keyword_is_refused_as_python_does(name, engine):
    words = rf"{name}\(\) got an unexpected keyword argument 'thread'"
    with pytest.raises(TypeError, match=words):
        getattr(dltcnn, name)(*arguments(name), engine=engine, thread=2)


@pytest.mark.parametrize("threads", [0, -1, "2", 2.0])
@pytest.mark.parametrize("name", ["cnntrain", "cnntest", "acnntrain", "acnntest"])
def test_threads_are_checked_for_the_exact_engines_nets_too(name, threads):
    net, *others = arguments(name)
    net = net.copy()
    net.layers[1].b = [np.array([b]) for b in net.layers[1].b]
    with pytest.raises(ValueError, match=f"threads={threads!r} was given"):
        getattr(dltcnn, name)(net, *others, engine="fast", threads=threads)


@pytest.mark.parametrize("name", NAMES)
def test_help_shows_the_keyword(name):
    shown = inspect.signature(getattr(dltcnn, name)).parameters
    assert shown["engine"].default == "exact"
    line_by_line = inspect.signature(getattr(fast, name)).parameters
    given = [each for each in line_by_line if each != "threads"]
    assert given == [*shown][: len(given)]

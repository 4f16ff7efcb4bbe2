"""One process of the benchmark: threads and BLAS are set before numpy starts.

It reads a plan from its standard input and prints a line of JSON for every part that is done.
"""

import json
import os
import sys
import time
from contextlib import ExitStack, closing
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from dltcnn import MatlabError

from ..comparison.error_analysis import ratio
from ..comparison.step_bounds import analyse
from ..octave.errors import NoOctave, OctaveError
from ..traces.trace import net_fields
from . import claims, epochs, memory, octave_steps, python_steps
from .nets import NETS, Big
from .sizes import CLASSES, DTYPES, Size
from .timing import alternate

_CHECKED = ("ffW", "layers{2}.k{1}{1}")  # the first kernel's gradient needs the whole way back
_PEAK_SIDE = 1024
_NOISE = 1000  # roundings of the largest weight; another formula differs by far more


def main():
    """Measure what the plan lists."""
    plan = json.load(sys.stdin)
    plan["original"] = plan["original"] and Path(plan["original"])
    results = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print is not a result
    for part in plan["parts"]:
        for result in _PARTS[part](plan):
            print(json.dumps({"part": part, **result}), file=results, flush=True)


def _steps(plan):
    """Time every contestant at every size."""
    with ExitStack() as stack:
        octave = _octave(plan, stack)
        for fields in plan["sizes"]:
            size = Size(**{**fields, "maps": tuple(fields["maps"])})
            yield {"size": fields, "flops": size.flops, **_one_size(size, plan, octave)}


def _octave(plan, stack):
    """Start Octave; return it, or why there is none."""
    try:
        return stack.enter_context(octave_steps.session(plan["original"], plan["threads"]))
    except NoOctave as error:
        return str(error)


def _one_size(size, plan, octave):
    example = size == Size(size.cls)
    with ExitStack() as stack:
        running, refused = _running(_contestants(size, plan, octave), stack)
        check = _check(size, running) if example else {}
        seconds = plan["seconds"] * (3 if example and not plan["quick"] else 1)
        found = alternate({name: each.run for name, each in running.items()}, seconds)
    return {"seconds": found, "refused": refused, "check": check, "peak": _peak(size.cls)}


def _running(contestants, stack):
    """Make contestants and let each take a step; return those that do, and why others do not."""
    running, refused = {}, {}
    for name, make in contestants.items():
        try:
            contestant = stack.enter_context(closing(make()))
            contestant.run(1)
        except (MatlabError, OctaveError, Missing, RuntimeError) as error:
            refused[name] = str(error).splitlines()[0]
        else:
            running[name] = contestant
    return running, refused


def _nets(plan):
    """Time the line-by-line functions, the compiled engine, PyTorch and JAX on larger nets."""
    for name in NETS:
        for cls in CLASSES:
            yield {"net": name, "class": cls, **_one_net(Big(name, cls), plan["seconds"])}


def _one_net(big, seconds):
    with ExitStack() as stack:
        running, refused = _running(_net_contestants(big), stack)
        check = _against_lines(running, big.cls)
        found = alternate({name: each.run for name, each in running.items()}, seconds)
    return {"seconds": found, "refused": refused, "check": check}


def _net_contestants(big):
    return {
        "lines": lambda: python_steps.Lines(big, 1),
        "compiled": lambda: python_steps.Compiled(big, 1),
        "torch eager": lambda: _torch_module("torch_nets").Eager(big),
        "torch compiled": lambda: _torch_module("torch_nets").Compiled(big),
        "jax": lambda: _jax(big),
    }


def _against_lines(running, cls):
    """Hold the output's weights after a first step to those of the line-by-line functions."""
    weights = {name: np.asarray(each.weights()["ffW"]) for name, each in running.items()}
    noise = _NOISE * np.finfo(DTYPES[cls]).eps * np.abs(weights["lines"]).max()
    return {
        name: float(np.abs(found - weights["lines"]).max() / noise)
        for name, found in weights.items()
    }


class Missing(Exception):  # noqa: N818
    """A contestant is not here."""


def _contestants(size, plan, octave):
    """Return a function that makes each contestant, by name."""
    threads, found = plan["threads"], {}
    if threads == 1 or size == Size(size.cls):  # these use one thread
        found["octave"] = lambda: _family(octave, "cnn", size, plan)
        found["acnn.m"] = lambda: _family(octave, "acnn", size, plan)
        found["lines"] = lambda: python_steps.Lines(size, threads)
    found["compiled"] = lambda: python_steps.Compiled(size, threads)
    for kind in ("Eager", "Manual", "Compiled"):
        found[f"torch {kind.lower()}"] = lambda kind=kind: _torch(kind, size, threads)
    found["jax"] = lambda: _jax(size)
    return found


def _family(octave, family, size, plan):
    if isinstance(octave, str):
        raise Missing(octave)
    if family == "cnn" and plan["original"] is None:
        raise Missing("the original is not in the cache: run dltparity fetch")
    return octave_steps.Family(octave, family, size)


def _torch(kind, size, threads):
    return getattr(_torch_module("torch_steps"), kind)(size, threads)


def _torch_module(name):
    return _optional("torch", "PyTorch", name)


def _jax(size):
    return _optional("jax", "JAX", "jax_steps").Jit(size)


def _optional(package, called, name):
    """Import the contestants that need a package of the extra `bench`."""
    if find_spec(package) is None:
        raise Missing(f"{called} is not installed: pip install dltcnn[bench]")
    return import_module(f".{name}", __package__)


def _check(size, running):
    """Hold the weights after a contestant's first step to the bounds of that step."""
    net, x, y = size.start()
    spec = [{"type": layer.type, **_numbers(layer)} for layer in net.layers]
    truth = analyse(spec, net_fields(net), x, y, python_steps.ALPHA, size.cls)
    worst = {}
    for name, contestant in running.items():
        weights = contestant.weights()
        worst[name] = max(
            ratio(np.asarray(weights[path], DTYPES[size.cls]), truth[f"apply.{path}"])
            for path in _CHECKED
        )
    return worst


def _numbers(layer):
    names = ("outputmaps", "kernelsize", "scale")
    return {name: vars(layer)[name] for name in names if name in vars(layer)}


def _peak(cls):
    """Return the best rate of a matrix product, in operations per second."""
    rng, shape = np.random.default_rng(0), (_PEAK_SIDE, _PEAK_SIDE)
    a, b = (rng.random(shape).astype(DTYPES[cls]) for _ in range(2))  # a * a' takes half the work
    out = np.empty_like(a)
    best = np.inf
    for _ in range(8):
        began = time.perf_counter()
        np.matmul(a, b, out=out)
        best = min(best, time.perf_counter() - began)
    return 2 * _PEAK_SIDE**3 / best


def _claims(plan):
    with ExitStack() as stack:
        octave = _octave(plan, stack)
        yield {"claims": claims.gather(octave, plan["claim_seconds"])}


def _memory(plan):
    yield memory.gather(plan["quick"])


def _growth(plan):
    yield memory.growth(plan["quick"])


def _epochs(plan):
    yield epochs.gather(plan["seconds"])


_PARTS = {
    "steps": _steps,
    "nets": _nets,
    "claims": _claims,
    "memory": _memory,
    "growth": _growth,
    "epochs": _epochs,
}

if __name__ == "__main__":
    main()

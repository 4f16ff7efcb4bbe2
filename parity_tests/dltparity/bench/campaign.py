"""The whole benchmark: one process for each setting of threads and BLAS, and the summary."""

import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version

from .. import fingerprint, machine
from ..errors import RequestError
from ..original import cache
from . import goals
from .sizes import AXES, CLASSES, Size, sizes
from .timing import median, ratio, slope

PIN = "OPENBLAS_CORETYPE"
_PINNED = "Haswell"  # what any x86-64 processor of the last ten years runs
THREADS = (1, 2)
TORCH = ("torch eager", "torch manual", "torch compiled")
_SECONDS = {True: 6.0, False: 5.0}  # per size
_CLAIM_SECONDS = {True: 0.4, False: 1.5}  # per task and side


def run(quick, say):
    """Run the benchmark.

    Parameters
    ----------
    quick : bool
        Whether to time the toolbox's example only, in few rounds.
    say : callable
        Called with a line of text whenever a part is done.

    Returns
    -------
    dict
        The content of the report: JSON types only.
    """
    original = cache.original()
    content = {"schema": 1, "quick": quick, "steps": [], "nets": []}
    content["provenance"] = machine.describe()
    content["depends_on"] = fingerprint.of_runs()
    content["provenance"] |= {name: _version(name) for name in ("torch", "jax")}
    content["provenance"][PIN] = os.environ.get(PIN, "not set")
    for threads in THREADS:
        for pinned in _kernels(threads):
            plan = _plan(quick, threads, pinned, original)
            for result in _worker(plan, say):
                part = result.pop("part")
                if part == "steps":
                    content[part].append(_summary(result) | {"threads": threads, "pin": pinned})
                elif part == "nets":
                    content[part].append(_summary(result))
                else:
                    content |= result
    content["slopes"] = _slopes(content["steps"])
    content["promises"] = goals.all_of(content)
    content["verdict"] = "fail" if goals.wrong_steps(content) else "pass"
    return content


def _version(package):
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _kernels(threads):
    """List the values of the variable `PIN` to measure with; None leaves the choice to BLAS."""
    pin = os.environ.get(PIN) or (_PINNED if platform.machine() in ("x86_64", "AMD64") else None)
    return [None, pin] if pin and threads == 1 else [None]


def _plan(quick, threads, pinned, original):
    """Plan a process: the first measures everything, those with `PIN` set the example's step."""
    parts = ["steps"]
    if threads == 1 and pinned is None:
        parts += ["nets", "claims", "memory", "growth", "epochs"]
    return {
        "parts": parts,
        "quick": quick,
        "threads": threads,
        "pin": pinned,
        "original": original and str(original),
        "sizes": [asdict(size) for size in sizes(quick or pinned is not None)],
        "seconds": _SECONDS[quick],
        "claim_seconds": _CLAIM_SECONDS[quick],
    }


def _environment(plan):
    """Set the threads of every library.

    BLAS gets one, because the compiled engine spreads a batch over threads of its own.
    Octave's BLAS gets its threads when Octave starts.
    """
    variables = {name: value for name, value in os.environ.items() if name != PIN}
    variables |= {
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": str(plan["threads"]),
        "MKL_NUM_THREADS": str(plan["threads"]),
        "TORCHINDUCTOR_COMPILE_THREADS": "1",
        "NPROC": str(plan["threads"]),  # XLA's threads
    }
    if plan["threads"] == 1:
        flags = f"{os.environ.get('XLA_FLAGS', '')} --xla_cpu_multi_thread_eigen=false"
        variables["XLA_FLAGS"] = flags.strip()
    return variables | ({PIN: plan["pin"]} if plan["pin"] else {})


def _worker(plan, say):
    """Run a process; yield its results."""
    label = f"{plan['threads']} thread(s)" + (f", {PIN}={plan['pin']}" if plan["pin"] else "")
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "dltparity.bench.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_environment(plan),
            text=True,
        )
        with process:
            process.stdin.write(json.dumps(plan))
            process.stdin.close()
            for line in process.stdout:
                result = json.loads(line)
                say(f"{label}: {_name(result)}")
                yield result
        if process.returncode:
            errors.seek(0)
            last = (errors.read().strip().splitlines() or ["no message"])[-1]
            raise RequestError(f"the benchmark's process ({label}) failed: {last}")


def _name(result):
    if result["part"] == "nets":
        return f"{result['class']}, net {result['net']}"
    if result["part"] != "steps":
        return result["part"]
    size = result["size"]
    maps = "-".join(map(str, size["maps"]))
    return f"{size['cls']}, batch {size['batch']}, {size['side']}x{size['side']}, maps {maps}"


def _summary(result):
    """Summarise the rounds of one size or net."""
    seconds = result.pop("seconds")
    best = min(TORCH, key=lambda name: median(seconds[name]) if name in seconds else float("inf"))
    medians = {name: median(values) for name, values in seconds.items()}
    return {
        **result,
        "seconds": medians,
        "rounds": len(seconds["compiled"]),
        "to_compiled": {
            name: ratio(values, seconds["compiled"]) for name, values in seconds.items()
        },
        "lines_to_octave": ratio(seconds["lines"], seconds["octave"])
        if {"lines", "octave"} <= seconds.keys()
        else None,
        "torch_best": best if best in seconds else None,
    }


def _slopes(steps):
    """Fit how the time grows along each axis; along the maps, with the number of operations."""
    found = []
    for axis in AXES:
        for cls in CLASSES:
            line = _along(steps, axis, cls)
            names = {name for step in line for name in step["seconds"]}
            for name in sorted(names):
                points = [step for step in line if name in step["seconds"]]
                if len(points) > 1:
                    x = [s["flops"] if axis == "maps" else s["size"][axis] for s in points]
                    y = [s["seconds"][name] for s in points]
                    entry = {"axis": axis, "class": cls, "name": name, "slope": slope(x, y)}
                    found.append(entry)
    return found


def _along(steps, axis, cls):
    """Return the single-threaded steps of a class whose size differs along one axis at most."""
    base = asdict(Size(cls))
    base["maps"] = list(base["maps"])
    return [
        step
        for step in steps
        if step["threads"] == 1
        and step["pin"] is None
        and all(step["size"][name] == value for name, value in base.items() if name != axis)
    ]

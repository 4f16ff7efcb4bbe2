"""The figures of the stored benchmark."""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from tabulate import tabulate

REPORTS = Path(__file__).parents[2] / "reports"
_NAMES = {
    "octave": "Octave, the original",
    "lines": "dltcnn, line by line",
    "compiled": "dltcnn, compiled",
    # What a benchmark from before the compiled engine calls them.
    "port": "dltcnn, line by line",
    "fast": "dltcnn, the engine before the compiled one",
    "torch eager": "PyTorch, eager",
    "torch manual": "PyTorch, backward pass by hand",
    "torch compiled": "PyTorch, compiled",
    "jax": "JAX, compiled",
}


def table():
    """Write the times of a step of the toolbox's example, and whether they are of this state."""
    content = json.loads((REPORTS / "bench.json").read_text(encoding="utf-8"))
    steps = [step for step in content["steps"] if _is_example(step)]
    heads = ["", *(f"{step['size']['cls']}, {step['threads']} thread(s)" for step in steps)]
    rows = [
        [text, *(_milliseconds(step, name) for step in steps)]
        for name, text in _NAMES.items()
        if any(name in step["seconds"] for step in steps)
    ]
    about = content["provenance"]
    where = f"Measured {about['date']} on {about['cpu']}, {about['system']}. {_age(about['date'])}"
    return f"{where}\n\n{tabulate(rows, heads, 'pipe', disable_numparse=True)}\n"


def _is_example(step):
    size = step["size"]
    example = (size["batch"], size["side"], size["maps"]) == (50, 28, [6, 12])
    return example and not step["pin"]


def _milliseconds(step, name):
    seconds = step["seconds"].get(name)
    return "" if seconds is None else f"{1000 * seconds:.2f} ms"


def _age(measured):
    """Say whether the port has changed since; git knows when it last did."""
    try:
        changed = subprocess.run(
            ["git", "log", "-1", "--format=%ct", "--", "port/dltcnn"],
            cwd=REPORTS.parent,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        changed = ""
    if not changed:
        return "**Of which state of the port is not known: this is no checkout of git.**"
    when = datetime.strptime(measured, "%Y-%m-%d %H:%M UTC").replace(tzinfo=UTC)
    if when.timestamp() < int(changed):
        return "**Stale: the port has changed since.** `dltparity bench` measures this state."
    return "The port has not changed since."

"""The figures of the stored benchmark."""

import json
from pathlib import Path

from tabulate import tabulate

from dltparity import sections

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
    where = f"Measured {about['date']} on {about['cpu']}, {about['system']}. {_state()}"
    return f"{where}\n\n{tabulate(rows, heads, 'pipe', disable_numparse=True)}\n"


def _is_example(step):
    size = step["size"]
    example = (size["batch"], size["side"], size["maps"]) == (50, 28, [6, 12])
    return example and not step["pin"]


def _milliseconds(step, name):
    seconds = step["seconds"].get(name)
    return "" if seconds is None else f"{1000 * seconds:.2f} ms"


def _state():
    """Say of which state of the project the times are, as the report of a run judges it."""
    section = sections.SECTIONS["speed"]
    lacking = section.lacking(section.gather(sections.Context(None, (), REPORTS)))
    if not lacking:
        return ""
    return f"**Not of this state ({'; '.join(lacking)}): `{section.command}` measures it.**"

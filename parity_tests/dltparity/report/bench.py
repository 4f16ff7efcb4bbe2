"""The report on the benchmark."""

from tabulate import tabulate

from ..bench.goals import wrong_steps
from . import speed
from .bench_claims import claims

_NAMES = {
    "octave": "Octave, the original",
    "acnn.m": "Octave, acnn.m",
    "lines": "line by line",
    "compiled": "compiled engine",
    "torch eager": "PyTorch, eager",
    "torch manual": "PyTorch, manual backward",
    "torch compiled": "PyTorch, compiled",
    "jax": "JAX, compiled",
}
_NETS = ("lines", "torch eager", "torch compiled", "jax")


def render(content):
    """Write the benchmark as Markdown.

    Parameters
    ----------
    content : dict
        As `bench.campaign.run` returns it, with the names of its "plots".

    Returns
    -------
    str
        The report.
    """
    examples = [step for step in content["steps"] if axis_of(step) == "example"]
    others = [step for step in content["steps"] if axis_of(step) != "example"]
    parts = [
        "# Benchmark",
        _introduction(content),
        "## What is to be reached",
        speed.table(content["promises"]),
        "## A step of the toolbox's example",
        *(_example(step) for step in examples),
    ]
    if others:
        parts += ["## Other sizes", _sizes(content["steps"]), *_slower(content["steps"])]
    if content.get("nets"):
        parts += ["## Larger nets", _nets(content["nets"])]
    parts += ["## How the time grows", _slopes(content), *_plots(content)]
    if "peaks" in content:
        parts += ["## Memory", _memory(content["peaks"])]
    if "claims" in content:
        parts += ['## The notes\' "Making it fast with MATLAB"', claims(content["claims"])]
    parts += ["## Provenance", _table(content["provenance"].items(), ["what", "value"])]
    return "\n\n".join(parts)


def axis_of(step):
    """Name the axis along which a step's size differs from the example's."""
    example = {"batch": 50, "side": 28, "maps": [6, 12]}
    return next((axis for axis, v in example.items() if step["size"][axis] != v), "example")


def _introduction(content):
    wrong = wrong_steps(content)
    checked = (
        "the weights after each contestant's first step of the example were within the rounding "
        "bound of that step"
        if not wrong
        else f"**{len(wrong)} steps gave weights outside the rounding bound: FAIL**"
    )
    return (
        "One step is forward, backward and update. The contestants of a table took turns on one "
        "machine, round by round, each after as many steps that were not timed. Times are medians "
        "over the rounds; ratios are medians of the rounds' ratios to the compiled engine, with "
        "their quartiles. The times hold for this machine at that hour; the ratios are what "
        f"matters. Before the timing, {checked}."
    )


def _title(step):
    title = f"{step['size']['cls']}, {step['threads']} thread{'s' * (step['threads'] > 1)}"
    return title + (f", OPENBLAS_CORETYPE={step['pin']}" if step["pin"] else "")


def _example(step):
    rows = []
    for name, label in _NAMES.items():
        if name in step["seconds"]:
            seconds, to_compiled = step["seconds"][name], step["to_compiled"][name]
            rate = step["flops"] / seconds
            rows.append(
                [
                    label,
                    f"{1e3 * seconds:.2f}",
                    _ratio(to_compiled),
                    f"{rate / 1e9:.1f}",
                    f"{rate / step['peak']:.0%}",
                ]
            )
        elif name in step["refused"]:
            rows.append([label, "not run", step["refused"][name], "", ""])
    headers = ["", "ms", "ratio to the compiled engine", "GFLOP/s", "of the peak"]
    return (
        f"**{_title(step)}** ({step['rounds']} rounds; {step['flops'] / 1e6:.1f} MFLOP in the "
        f"products of a step; numpy's largest rate for a product of 1024x1024 on one thread: "
        f"{step['peak'] / 1e9:.0f} GFLOP/s)\n\n" + _table(rows, headers)
    )


def _ratio(ratio):
    low, high = ratio["quartiles"]
    return f"{ratio['median']:.2f} ({low:.2f} to {high:.2f})"


def _sizes(steps):
    rows = []
    for step in (step for step in steps if not step["pin"]):
        to_compiled, best = step["to_compiled"], step["torch_best"]
        rows.append(
            [
                step["size"]["cls"],
                step["threads"],
                step["size"]["batch"],
                step["size"]["side"],
                "-".join(map(str, step["size"]["maps"])),
                f"{1e3 * step['seconds']['compiled']:.2f}",
                *(
                    f"{to_compiled[name]['median']:.1f}"
                    if name in to_compiled
                    else "refused" * (name in step["refused"])
                    for name in ("octave", "acnn.m", "lines")
                ),
                f"{_ratio(to_compiled[best])} {best.split()[1]}" if best else "not run",
                _ratio(to_compiled["jax"]) if "jax" in to_compiled else "not run",
                f"{step['flops'] / step['seconds']['compiled'] / step['peak']:.0%}",
            ]
        )
    headers = [
        "class",
        "threads",
        "batch",
        "side",
        "maps",
        "compiled engine, ms",
        "Octave, original",
    ]
    headers += ["Octave, acnn.m", "line by line", "PyTorch's best", "JAX", "of the peak"]
    return (
        "Ratios to the compiled engine's time. The toolbox refuses a batch of one; acnn.m and the "
        "compiled engine's acnntrain accept it. On two threads, only contestants that use them "
        "were timed.\n\n" + _table(rows, headers)
    )


def _nets(nets):
    rows = [
        [
            net["net"],
            net["class"],
            f"{1e3 * net['seconds']['compiled']:.2f}",
            *(
                _ratio(net["to_compiled"][name]) if name in net["to_compiled"] else "not run"
                for name in _NETS
            ),
        ]
        for net in nets
    ]
    headers = ["net", "class", "compiled engine, ms", *(_NAMES[n] for n in _NETS)]
    return (
        "A step of acnntrain on 50 images, one thread; ratios to the compiled engine's time. The "
        "weights after the first step are the line-by-line functions', PyTorch's and JAX's "
        "up to rounding."
        "\n\n" + _table(rows, headers)
    )


def _slower(steps):
    lines = []
    for step in steps:
        size, to_compiled = step["size"], step["to_compiled"]
        maps = "-".join(map(str, size["maps"]))
        for name, label in ((step["torch_best"], "PyTorch"), ("jax", "JAX")):
            if name in to_compiled and to_compiled[name]["median"] < 1:
                lines.append(
                    f"- {_title(step)}, batch {size['batch']}, {size['side']}x{size['side']}, "
                    f"maps {maps}: {label} takes {to_compiled[name]['median']:.2f} of the "
                    "compiled engine's time."
                )
    return ["Slower than PyTorch or JAX:\n\n" + "\n".join(lines)] if lines else []


def _slopes(content):
    """Tabulate the slopes: a row per axis and class, a column per contestant."""
    found = {(s["axis"], s["class"], s["name"]): s["slope"] for s in content["slopes"]}
    rows = [
        [
            {"maps": "operations, by more maps"}.get(axis, axis),
            cls,
            *(f"{found[key]:.2f}" if (key := (axis, cls, n)) in found else "" for n in _NAMES),
        ]
        for axis, cls in dict.fromkeys((axis, cls) for axis, cls, _ in found)
    ]
    text = "Slopes of log time over log size, one thread (side: 2 is linear in the pixels).\n\n"
    text += _table(rows, ["axis", "class", *_NAMES.values()]) if rows else "Not run."
    if "images" in content:
        pairs = zip(content["images"], content["growth_seconds"], strict=True)
        text += "\n\nAn epoch of the compiled engine, double, batches of 50: " + ", ".join(
            f"{images:,} images {seconds:.3f} s" for images, seconds in pairs
        )
    if "epochs" in content:
        timed, seconds = content["epochs"]["timed"], content["epochs"]["seconds"]
        text += (
            f"\n\n{timed:,} images: their epoch {seconds['epoch']:.3f} s, the steps in it "
            f"{seconds['steps']:.3f} s, their prediction {seconds['prediction']:.3f} s."
        )
    return text


def _plots(content):
    return [f"![{name}]({name})" for name in content["plots"]] or [
        "No plots: matplotlib is not installed (pip install dltcnn[bench])."
    ]


def _memory(peaks):
    rows = [
        [
            row["batch"],
            *(
                f"{value / 2**20:.1f}"
                for value in (
                    row["lines"],
                    row["compiled"],
                    row["fields"],
                    row["compiled"] - row["fields"] - row["images"],
                )
            ),
        ]
        for row in peaks
    ]
    headers = ["batch", "line by line", "compiled engine", "fields of the returned net"]
    headers.append("compiled engine besides fields and the batch's images")
    return (
        "Peak of two batches of training above what was there before, in MiB (28x28, double).\n\n"
        + _table(rows, headers)
    )


def _table(rows, headers):
    return tabulate(list(rows), headers, tablefmt="github", disable_numparse=True)

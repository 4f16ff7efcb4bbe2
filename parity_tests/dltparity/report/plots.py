"""Plots of the benchmark; they need matplotlib."""

from importlib.util import find_spec
from pathlib import Path

from .bench import axis_of

_AXES = {"batch": "images per batch", "side": "rows and columns", "maps": "MFLOP, by more maps"}


def draw(folder, content):
    """Draw how the time of a step grows along each axis, one thread, double.

    Parameters
    ----------
    folder : Path
        Where to.
    content : dict
        Of the benchmark's report.

    Returns
    -------
    list of str
        Names of the files; empty without matplotlib, or where only one size was timed.
    """
    steps = [s for s in content["steps"] if s["threads"] == 1 and not s["pin"]]
    if find_spec("matplotlib") is None or all(axis_of(step) == "example" for step in steps):
        return []
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    names = []
    for cls in ("double", "single"):
        figure = Figure(figsize=(12, 4), layout="constrained")
        FigureCanvasAgg(figure)
        for axes, (axis, label) in zip(figure.subplots(1, len(_AXES)), _AXES.items(), strict=True):
            _panel(axes, [s for s in steps if s["size"]["cls"] == cls], axis)
            axes.set(xscale="log", yscale="log", xlabel=label, ylabel="ms per step", title=cls)
        axes.legend(fontsize="small")
        names.append(f"bench-{cls}.svg")
        figure.savefig(Path(folder, names[-1]), metadata={"Date": None})
    return names


def _panel(axes, steps, axis):
    """Draw one line per contestant."""
    line = [step for step in steps if axis_of(step) in ("example", axis)]
    for name in dict.fromkeys(name for step in line for name in step["seconds"]):
        points = sorted(
            (step["flops"] / 1e6 if axis == "maps" else step["size"][axis], step["seconds"][name])
            for step in line
            if name in step["seconds"]
        )
        axes.plot(*zip(*((x, 1e3 * y) for x, y in points), strict=True), marker="o", label=name)

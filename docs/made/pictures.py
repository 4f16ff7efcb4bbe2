"""The pictures of the pages."""

import math

import matplotlib as mpl
import numpy as np

from dltcnn import (
    Layer,
    Net,
    OctaveRandom,
    Opts,
    cnnsetup,
    cnntrain,
    load_digits,
    plot_rL,
)
from dltparity.traces.port import port_trace

from . import runs

mpl.use("Agg")
from matplotlib import pyplot as plt

BLUE, RED, GREY = "#2166ac", "#c0392b", "#8a8f98"
mpl.rcParams.update({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False})
mpl.rcParams.update({"svg.hashsalt": "dltcnn", "figure.constrained_layout.use": True})


def draw(folder):
    """Run what they show and write them to a folder, as SVG."""
    for name, figure in (
        ("bits", _bits()),
        ("bound", _bound()),
        ("drift", _drift()),
        ("noise", _noise()),
        ("loss", _training()),
    ):
        figure.savefig(folder / f"{name}.svg", metadata={"Date": None})
        plt.close(figure)


def _bits():
    """Draw the bits of one sum, taken in four orders."""
    x = load_digits().train_x[:, :, :50].ravel() * np.random.default_rng(0).normal(size=3200)
    in_order = 0.0
    for value in x:
        in_order += value
    backwards = 0.0
    for value in x[::-1]:
        backwards += value
    sums = {
        "one by one\n(Octave)": in_order,
        "numpy.sum\n(pairwise)": np.sum(x),
        "backwards": backwards,
        "exact, then\nrounded": math.fsum(x),
    }
    figure, axes = plt.subplots(figsize=(8, 2.1))
    first = _pattern(in_order)
    for row, (name, value) in enumerate(sums.items()):
        for n, bit in enumerate(_pattern(value)):
            colour = RED if bit != first[n] else ("#30363d" if bit == "1" else "#dfe3e8")
            axes.add_patch(plt.Rectangle((n, -row), 0.86, 0.78, color=colour, lw=0))
        axes.text(-1, -row + 0.39, name, ha="right", va="center", fontsize=8)
        axes.text(65, -row + 0.39, repr(float(value)), va="center", fontsize=8)
    axes.set(xlim=(-11, 84), ylim=(-3.3, 1.2))
    axes.axis("off")
    return figure


def _pattern(value):
    return f"{np.float64(value).view(np.uint64):064b}"


def _bound():
    """Draw how much of its bound each field of a step uses: rounding, and a fault."""
    theirs, ours = runs.traces(runs.SMALL, "system")[0], port_trace(runs.SMALL)
    rounding = runs.shares(runs.SMALL, theirs, ours)
    wrong = runs.shares(runs.SMALL, theirs, runs.wrong_trace(runs.SMALL))
    figure, axes = plt.subplots(figsize=(8, 2.6))
    at = np.arange(len(rounding))
    for name, found, colour, size in (
        ("a fault: maps not turned in cnnbp.m:44", wrong, RED, 16),
        ("the port, Octave on OpenBLAS", rounding, BLUE, 10),
    ):
        values = np.array([max(found[path], 1e-3) for path in rounding])
        values[~np.isfinite(values)] = 1e17
        axes.scatter(at, values, size, color=colour, label=name, lw=0)
    axes.axhline(1, color=GREY, lw=1)
    axes.annotate("the bound", (len(at), 1), (0, 3), textcoords="offset points", ha="right")
    axes.set(yscale="log", xticks=[], ylabel="difference / bound")
    axes.set_xlabel("fields of one step: forward, backward, update (0 is drawn at 0.001)")
    axes.legend(loc="upper left", frameon=False)
    return figure


def _drift():
    """Draw how two trainings part on another BLAS, and do not on the reference BLAS."""
    ours = port_trace(runs.DIGITS)
    figure, axes = plt.subplots(figsize=(8, 2.6))
    names = {"reference": "reference BLAS", "system": "OpenBLAS"}
    found = runs.traces(runs.DIGITS, *names)
    for name, theirs, colour in zip(names.values(), found, (BLUE, RED), strict=True):
        apart = runs.drift(theirs, ours)
        label = f"{name}: " + (f"up to {apart.max():.0e}" if apart.any() else "0 in every weight")
        axes.plot(apart, color=colour, label=label, lw=1.6)
    axes.set_yscale("symlog", linthresh=1e-17)
    axes.set(xlabel="batch of the training", ylabel="apart / largest weight")
    axes.legend(frameon=False, loc="center right")
    return figure


def _noise():
    """Draw differences over what is allowed as noise: another order of sums, and a mistake."""
    names = {
        "runmean_by_sums": "the same from running sums: only rounding",
        "runmean_off_by_one": "a window that is one value too long",
    }
    found = runs.noise(names)
    figure, axes = plt.subplots(figsize=(8, 2.9))
    for (name, text), colour in zip(names.items(), (BLUE, RED), strict=True):
        allowed, apart = np.array(found[name]).T
        axes.scatter(allowed, np.maximum(apart, 1e-16), 12, color=colour, label=text, lw=0)
    low, high = axes.get_xlim()
    axes.plot([low, high], [low, high], color=GREY, lw=1)
    axes.annotate("allowed", (high, high), (0, 4), textcoords="offset points", ha="right")
    axes.set(yscale="log", xlabel="32 times what changes of one ulp in the inputs do")
    axes.set_ylabel("difference")
    axes.legend(frameon=False, loc="center right")
    return figure


def _training():
    """Draw the net of the first page after its training."""
    digits, rng = load_digits(), OctaveRandom(0)
    net = Net([Layer("i"), Layer("c", outputmaps=6, kernelsize=3), Layer("s", scale=2)])
    net = cnnsetup(net, digits.train_x, digits.train_y, rng)
    opts = Opts(alpha=3, batchsize=10, numepochs=3)
    net = cnntrain(net, digits.train_x, digits.train_y, opts, rng, verbose=False)
    figure = plot_rL(net)
    figure.set_size_inches(5, 2.6)
    return figure

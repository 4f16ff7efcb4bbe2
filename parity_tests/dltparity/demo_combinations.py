"""Learned combinations on real digits: what the two penalties do to the weights A."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dltcnn import Layer, Net, OctaveRandom, Opts, acnnff, acnnsetup, acnntest, acnntrain

from . import data

TRAINED = 1200  # of the 1,797 digits; the rest is tested
LAM = 0.03
ALPHA, BATCHSIZE, EPOCHS = 2.0, 20, 8
MAPS_BELOW, OUTPUT_MAPS = 6, 8
SMALL = 0.01  # weights below this count as gone

# What the demonstration must show.
LARGEST_ERROR = 0.08  # of the net without penalty
LEAST_GONE = 0.5  # share of weights below SMALL with 'entropy'
LARGEST_LOSS = 0.01  # of test error with 'entropy'
SAME = {"float64": 1e-10, "float32": 1e-4}  # difference of A between 'l1' and no penalty

PENALTIES = ("none", "l1", "entropy")


@dataclass(frozen=True)
class Job:
    """A net to train: split, penalty and class."""

    seed: int
    penalty: str
    class_name: str

    @property
    def name(self):
        """What a progress line says."""
        return f"split {self.seed + 1}, penalty {self.penalty}, {self.class_name}"


@dataclass(frozen=True)
class Trained:
    """A trained net: its test error and the weights of its combination layer."""

    error: float
    mix: np.ndarray


def split(seed):
    """Deal the 8x8 digits into a training and a test set.

    Parameters
    ----------
    seed : int
        Of the deal.

    Returns
    -------
    Images
        1,200 to train, 597 to test.
    """
    x, y = data.small_digits()
    order = np.random.default_rng(seed).permutation(x.shape[2])
    train, test = order[:TRAINED], order[TRAINED:]
    return data.Images(x[:, :, train], y[:, train], x[:, :, test], y[:, test])


def train(job):
    """Train a net of the demonstration.

    Parameters
    ----------
    job : Job
        Its seed is that of the split, the weights and the shuffles, whatever the penalty.

    Returns
    -------
    Trained
        What came out.
    """
    images = split(job.seed)
    x, test_x = (x.astype(job.class_name) for x in (images.train_x, images.test_x))
    options = {} if job.penalty == "none" else {"penalty": job.penalty, "lam": LAM}
    layers = [
        Layer("i"),
        Layer("c", outputmaps=MAPS_BELOW, kernelsize=3, activation="tanh"),
        Layer("a", outputmaps=OUTPUT_MAPS, kernelsize=3, activation="tanh", **options),
    ]
    rng = OctaveRandom(job.seed)
    net = acnnsetup(Net(layers, normalize="set"), x, images.train_y, rng)
    opts = Opts(alpha=ALPHA, batchsize=BATCHSIZE, numepochs=EPOCHS)
    net = acnntrain(net, x, images.train_y, opts, rng)
    error, _ = acnntest(net, test_x, images.test_y)
    return Trained(error, acnnff(net, test_x[:, :, :1]).layers[2].A)


def gather(seeds, progress=iter):
    """Train every net of the demonstration.

    Parameters
    ----------
    seeds : int
        How many splits, at least 1.
    progress : callable
        Called with the list of jobs; yields from it.

    Returns
    -------
    dict
        'rows', one per penalty: error, mean test error; gone, mean share of small weights; and
        'same': class -> largest difference of A between 'l1' and no penalty; 'mixes': penalty ->
        A of the first split; 'seeds'; 'broken', the figures that are not met.
    """
    jobs = [
        Job(seed, penalty, name)
        for seed in range(seeds)
        for name, penalties in (("float64", PENALTIES), ("float32", PENALTIES[:2]))
        for penalty in penalties
    ]
    trained = {job: train(job) for job in progress(jobs)}
    rows = []
    for penalty in PENALTIES:
        runs = [trained[Job(seed, penalty, "float64")] for seed in range(seeds)]
        rows.append(
            {
                "penalty": penalty,
                "error": float(np.mean([run.error for run in runs])),
                "gone": float(np.mean([run.mix < SMALL for run in runs])),
                "errors": [run.error for run in runs],
            }
        )
    same = {
        name: max(
            float(np.abs(trained[Job(s, "l1", name)].mix - trained[Job(s, "none", name)].mix).max())
            for s in range(seeds)
        )
        for name in SAME
    }
    mixes = {penalty: trained[Job(0, penalty, "float64")].mix.tolist() for penalty in PENALTIES}
    content = {"seeds": seeds, "rows": rows, "same": same, "mixes": mixes}
    return content | {"broken": broken(content)}


def broken(content):
    """List the figures that are not met, in words."""
    none, _, entropy = content["rows"]
    checks = [
        (none["error"] <= LARGEST_ERROR, f"without penalty {none['error']:.2%} are wrong"),
        (entropy["gone"] >= LEAST_GONE, f"'entropy' takes away {entropy['gone']:.0%} only"),
        (
            entropy["error"] - none["error"] <= LARGEST_LOSS,
            f"'entropy' costs {entropy['error'] - none['error']:.2%} of test error",
        ),
    ]
    checks += [
        (content["same"][name] <= most, f"'l1' moves A by {content['same'][name]:.1e} in {name}")
        for name, most in SAME.items()
    ]
    return [words for kept, words in checks if not kept]


def paragraph(content):
    """Say what the reader sees."""
    none, l1, entropy = content["rows"]
    return (
        f"The same net was trained on {content['seeds']} splits of {TRAINED:,} real digits, each "
        f"with three penalties of weight λ = {LAM} on the weights α of its combination layer. "
        f"Without a penalty every output map keeps all {MAPS_BELOW} maps below: "
        f"{none['gone']:.0%} of the weights fall below {SMALL}, and {none['error']:.2%} of the "
        f"test digits are wrong. 'l1', the penalty of the notes, cannot change that: each column "
        f"of α is positive and sums to 1, so Σ|α| is a constant and its gradient zero. What is "
        f"left is rounding: α differs by at most {content['same']['float64']:.1e} in double and "
        f"{content['same']['float32']:.1e} in single, and {l1['error']:.2%} are wrong. 'entropy' "
        f"does what was meant: each output map decides for a few maps, {entropy['gone']:.0%} of "
        f"the weights fall below {SMALL}, and {entropy['error']:.2%} of the digits are wrong."
    )


def picture(content, path):
    """Draw the weights of the first split.

    Parameters
    ----------
    content : dict
        As `gather` makes it.
    path : Path
        The PNG file.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 3.2), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots(1, len(PENALTIES))
    for axis, row in zip(axes, content["rows"], strict=True):
        mix = np.array(content["mixes"][row["penalty"]])
        image = axis.imshow(mix, vmin=0, vmax=1, cmap="viridis")
        title = "no penalty" if row["penalty"] == "none" else f"'{row['penalty']}', λ = {LAM}"
        axis.set_title(f"{title}\n{row['error']:.2%} wrong, {row['gone']:.0%} of α < {SMALL}")
        axis.set_xlabel("output map j")
        axis.set_xticks(range(OUTPUT_MAPS), range(1, OUTPUT_MAPS + 1))
        axis.set_yticks(range(MAPS_BELOW), range(1, MAPS_BELOW + 1))
    axes[0].set_ylabel("map below i")
    figure.colorbar(image, ax=axes, label="weight α_ij of map i in map j")
    figure.savefig(Path(path), dpi=130)

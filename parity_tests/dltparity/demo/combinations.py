"""Learned combinations on real digits: what the two penalties do to the weights A."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tabulate import tabulate

from dltcnn import DataSet, Layer, Net, OctaveRandom, Opts, acnnff, acnnsetup, acnntest, acnntrain

from ..cases import images

TRAINED = 1200  # of the 1,797 digits; the rest is tested
LAM = 0.03
ALPHA, BATCHSIZE, EPOCHS = 2.0, 20, 8
# Rate, length and λ were chosen on splits 0 to 2, and splits 0 to 4 were reported with them.
FRESH = 5  # the first split that had no part in that
MAPS_BELOW, OUTPUT_MAPS = 6, 8
SMALL = 0.01  # weights below this count as gone

# What the demonstration must show.
LARGEST_ERROR = 0.08  # of the net without penalty
LEAST_GONE = 0.5  # share of weights below SMALL with 'entropy'
LARGEST_LOSS = 0.01  # of test error with 'entropy'
ENOUGH = 5  # splits: the error of fewer is noise, which no promise is made of
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
        """Its name in a line of progress."""
        return f"split {self.seed}, penalty {self.penalty}, {self.class_name}"


@dataclass(frozen=True)
class Trained:
    """A trained net: its test error and the weights of its combination layer."""

    error: float
    mix: np.ndarray


def split(seed):
    """Split the 8x8 digits into a training and a test set.

    Parameters
    ----------
    seed : int
        Decides which digit goes where.

    Returns
    -------
    DataSet
        1,200 to train, 597 to test.
    """
    x, y = images.small_digits()
    order = np.random.default_rng(seed).permutation(x.shape[2])
    train, test = order[:TRAINED], order[TRAINED:]
    return DataSet(x[:, :, train], y[:, train], x[:, :, test], y[:, test])


def train(job):
    """Train a net of the demonstration.

    Parameters
    ----------
    job : Job
        Its seed is that of the split, the weights and the shuffles, whatever the penalty.

    Returns
    -------
    Trained
        The result.
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


def gather(seeds, first=FRESH, progress=iter):
    """Train every net of the demonstration.

    Parameters
    ----------
    seeds : int
        How many splits, at least 1.
    first : int
        The first of them; the others follow it.
    progress : callable
        Called with the list of jobs; yields from it.

    Returns
    -------
    dict
        'rows', one per penalty: error, mean test error; gone, mean share of small weights; and
        'same': class -> largest difference of A between 'l1' and no penalty; 'mixes': penalty ->
        A of the first split; 'splits', their numbers; 'broken', the figures that are not reached.
    """
    splits = range(first, first + seeds)
    jobs = [
        Job(seed, penalty, name)
        for seed in splits
        for name, penalties in (("float64", PENALTIES), ("float32", PENALTIES[:2]))
        for penalty in penalties
    ]
    trained = {job: train(job) for job in progress(jobs)}
    rows = []
    for penalty in PENALTIES:
        runs = [trained[Job(seed, penalty, "float64")] for seed in splits]
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
            for s in splits
        )
        for name in SAME
    }
    mixes = {penalty: trained[Job(first, penalty, "float64")].mix.tolist() for penalty in PENALTIES}
    content = {"splits": list(splits), "rows": rows, "same": same, "mixes": mixes}
    return content | {"broken": broken(content)}


def broken(content):
    """List the figures that are not reached, as sentences."""
    none, _, entropy = content["rows"]
    few, loss = len(content["splits"]) < ENOUGH, entropy["error"] - none["error"]
    checks = [
        (few or none["error"] <= LARGEST_ERROR, f"without penalty {none['error']:.2%} are wrong"),
        (entropy["gone"] >= LEAST_GONE, f"'entropy' takes away {entropy['gone']:.1%} only"),
        (few or loss <= LARGEST_LOSS, f"'entropy' costs {loss:.2%} of test error"),
    ]
    checks += [
        (content["same"][name] <= most, f"'l1' moves A by {content['same'][name]:.1e} in {name}")
        for name, most in SAME.items()
    ]
    return [sentence for kept, sentence in checks if not kept]


def paragraph(content):
    """Summarise the result in a paragraph."""
    none, l1, entropy = content["rows"]
    kept = MAPS_BELOW * (1 - entropy["gone"])
    return (
        f"A combination layer mixes the {MAPS_BELOW} maps below it into {OUTPUT_MAPS} output maps. "
        f"Column j of a picture shows how much of each map goes into output map j: weights α that "
        f"are positive and sum to 1, learned with the rest of the net. Real digits, always the "
        f"same 1,797, were dealt anew into {TRAINED:,} to train on and the others to test for "
        f"{_splits(content['splits'])}. Each time the same net was trained without a penalty on α "
        f"and with two penalties of weight λ = {LAM} that should make an output map choose among "
        f"the maps below. Without a penalty the maps stay mixed: "
        f"{none['gone']:.1%} of the weights fall below {SMALL}, and {none['error']:.2%} of the "
        f"test digits are wrong. 'l1', the penalty of the notes, cannot change that: each column "
        f"of α is positive and sums to 1, so Σ|α| is a constant and its gradient zero. What is "
        f"left is rounding: α differs by at most {content['same']['float64']:.1e} in double and "
        f"{content['same']['float32']:.1e} in single, and {l1['error']:.2%} are wrong. 'entropy' "
        f"does what was meant: {entropy['gone']:.1%} of the weights fall below {SMALL}, an output "
        f"map keeps {kept:.1f} maps of {MAPS_BELOW} on average, and {entropy['error']:.2%} of the "
        f"digits are wrong."
    )


def _splits(numbers):
    """Name the splits, and say what they have to do with the choice of the settings."""
    part = "no part" if numbers[0] >= FRESH else "a part"
    return f"{_named_splits(numbers)}, which had {part} in the choice of rate, length and λ"


def _named_splits(numbers):
    if len(numbers) == 1:
        return f"split {numbers[0]}"
    return f"splits {numbers[0]} to {numbers[-1]}"


def table(content):
    """Tabulate the test errors split by split."""
    errors = [row["errors"] for row in content["rows"]]
    rows = [
        [number, *(f"{error:.2%}" for error in line)]
        for number, *line in zip(content["splits"], *errors, strict=True)
    ]
    rows.append(["mean", *(f"{row['error']:.2%}" for row in content["rows"])])
    names = [_named(row["penalty"]) for row in content["rows"]]
    return tabulate(rows, ["split", *names], tablefmt="github", disable_numparse=True)


def _named(penalty):
    return "no penalty" if penalty == "none" else f"'{penalty}'"


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

    figure = Figure(figsize=(10, 3.6), layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(
        f"Weights α of split {content['splits'][0]}; "
        f"figures are means over {_named_splits(content['splits'])}"
    )
    axes = figure.subplots(1, len(PENALTIES))
    for axis, row in zip(axes, content["rows"], strict=True):
        mix = np.array(content["mixes"][row["penalty"]])
        image = axis.imshow(mix, vmin=0, vmax=1, cmap="viridis")
        weight = "" if row["penalty"] == "none" else f", λ = {LAM}"
        title = f"{_named(row['penalty'])}{weight}"
        axis.set_title(f"{title}\n{row['error']:.2%} wrong, {row['gone']:.1%} of α < {SMALL}")
        axis.set_xlabel("output map j")
        axis.set_xticks(range(OUTPUT_MAPS), range(1, OUTPUT_MAPS + 1))
        axis.set_yticks(range(MAPS_BELOW), range(1, MAPS_BELOW + 1))
    axes[0].set_ylabel("map below i")
    figure.colorbar(image, ax=axes, label="weight α_ij of map i in map j")
    figure.savefig(Path(path), dpi=130)

"""dltparity mnist."""

import sys
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from tqdm import tqdm

from dltcnn.engines import ENGINES

from .. import machine
from ..cases import images
from ..cases.standard import EXAMPLE
from ..errors import RequestError
from ..exit_codes import KEPT
from ..files import check_writable, write_report
from ..mnist import checkpoint, training
from ..report.mnist import render
from .options import reports_option

ORDER = 110
SUMMARY = "train the toolbox's example on MNIST, with any engine"
EXAMPLES = (
    "dltparity mnist --data mnist_uint8.mat",
    "dltparity mnist --data MNIST --epochs 10 --checkpoint trained.npz",
)


def arguments(parser):
    """Declare the options."""
    parser.add_argument(
        "--data",
        required=True,
        metavar="PATH",
        help="mnist_uint8.mat or a folder with it or with the IDX files",
    )
    parser.add_argument("--epochs", type=int, default=1, metavar="N", help="how many (default: 1)")
    parser.add_argument(
        "--engine", choices=ENGINES, default="auto", help="the bits are the same (default: auto)"
    )
    parser.add_argument(
        "--threads", type=int, default=1, metavar="N", help="of the compiled engine (default: 1)"
    )
    parser.add_argument(
        "--batchsize", type=int, default=50, metavar="N", help="images of a batch (default: 50)"
    )
    parser.add_argument("--alpha", type=float, default=1.0, help="learning rate (default: 1)")
    parser.add_argument(
        "--checkpoint",
        type=Path,
        metavar="FILE",
        help="written after each epoch; where it is there, training goes on from it",
    )
    reports_option(parser)


def command(args):
    """Train, test and write the report."""
    settings = training.Settings(args.engine, args.threads, args.batchsize, args.alpha)
    loaded = images.mnist(args.data)
    _check(args, settings, loaded)
    check_writable(args.out)
    state, found = training.start(loaded, settings), training.fingerprint(loaded)
    if args.checkpoint:
        saved = checkpoint.load(args.checkpoint, state, settings, found, args.epochs)
        if saved:
            state = saved
            print(f"going on after epoch {len(state.epochs)}, from {args.checkpoint}")
    with _bar(args, len(state.epochs), loaded, settings) as progress:
        for number in range(len(state.epochs) + 1, args.epochs + 1):
            training.epoch(state, loaded, settings, progress)
            if args.checkpoint:
                checkpoint.save(args.checkpoint, state, settings, found)
            tqdm.write(_line(number, state.epochs[-1]), file=sys.stdout)
    content = _content(state, settings, loaded)
    paths = write_report(args.out, "mnist", render(content), content)
    args.say.result(content)
    args.say.line(f"test error {state.epochs[-1]['test_error']:.2%}; see {paths[0]}")
    return KEPT


def _check(args, settings, loaded):
    """Refuse what cannot be trained, before any work."""
    count = loaded.train_x.shape[2]
    if args.epochs < 1:
        raise RequestError(f"--epochs {args.epochs} was given: expected 1 or more")
    if settings.batchsize < 2 or count % settings.batchsize:
        raise RequestError(
            f"--batchsize {settings.batchsize} was given: expected a divisor of the {count} "
            "images, at least 2"
        )
    if settings.threads < 1:
        raise RequestError(f"--threads {settings.threads} was given: expected 1 or more")


@contextmanager
def _bar(args, done, loaded, settings):
    """Show batches with their rate and the time left; nothing where there is no terminal."""
    batches = loaded.train_x.shape[2] // settings.batchsize
    total = args.epochs * batches
    silent = args.say.quiet or not sys.stderr.isatty()
    with tqdm(total=total, initial=done * batches, unit="batch", disable=silent) as bar:
        yield None if silent else lambda *_: bar.update()


def _line(number, epoch):
    return f"epoch {number}: {epoch['seconds']:.1f} s, test error {epoch['test_error']:.2%}"


def _content(state, settings, loaded):
    return {
        "schema": 1,
        "layers": EXAMPLE,
        "settings": asdict(settings),
        "images": {"train": loaded.train_x.shape[2], "test": loaded.test_x.shape[2]},
        "epochs": state.epochs,
        "rL": state.net.rL.tolist(),
        "provenance": machine.describe(),
    }

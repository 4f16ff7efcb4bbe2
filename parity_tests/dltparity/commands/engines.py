"""dltparity engines."""

from pathlib import Path

from tqdm import tqdm

from dltcnn import compiled

from ..engines.campaign import gather
from ..errors import RequestError
from ..exit_codes import BROKEN, KEPT
from ..files import check_place, write_json
from ..octave.blas import REFERENCE
from ..run import plan
from .options import count, seed, unless_quiet

ORDER = 100
SUMMARY = "compare the compiled engine with the line-by-line functions on random nets"
EXAMPLES = (
    "dltparity engines --nets 4000 --jobs 2 --live 200",
    "dltparity engines --nets 1 --first 1234",
)


def arguments(parser):
    """Declare the options."""
    parser.add_argument(
        "--nets", type=count, default=400, metavar="N", help="how many (default: 400)"
    )
    parser.add_argument(
        "--first", type=seed, default=0, metavar="N", help="the first net's number (default: 0)"
    )
    parser.add_argument("--jobs", type=count, default=1, metavar="J", help="processes (default: 1)")
    parser.add_argument(
        "--summary",
        type=Path,
        metavar="FILE",
        help="also write the result here; dltparity run shows reports/engines.json",
    )
    parser.add_argument(
        "--live", type=count, default=0, metavar="N", help="compare so many with Octave too"
    )


def command(args):
    """Compare and print."""
    if why := compiled.available():
        raise RequestError(f"there is nothing to compare: {why}")
    if args.live:  # what is not here is refused before the work
        plan("original", REFERENCE, "original")
    if args.summary:
        check_place(args.summary, "--summary")
    found = gather(args.nets, args.first, args.jobs, unless_quiet(args, _progress), args.live)
    if args.summary:
        write_json(args.summary, found, "--summary")
    args.say.result(found)
    for each in found["failing"]:
        args.say.line(f"FAIL {each['name']}: {'; '.join(each['different'][:3])}")
    for reason, nets in found["left"].items():
        print(f"left to the line-by-line functions: {nets} nets, {reason}")
    if args.live:
        values = f"{found['octave_values']:,} values"
        print(f"{found['octave']} of the compiled ones in Octave too: {values}")
    args.say.line(
        f"{found['verdict'].upper()}: {found['nets']} nets, {found['compiled']} of them compiled; "
        f"{len(found['failing'])} differ in a field"
    )
    return KEPT if found["verdict"] == "pass" else BROKEN


def _progress(results, total):
    return tqdm(results, total=total, unit="net", disable=None)

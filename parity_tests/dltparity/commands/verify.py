"""dltparity verify."""

import re
from itertools import count as numbers
from pathlib import Path

from ..exit_codes import BROKEN, KEPT, NOT_MEASURED
from ..files import check_writable, write_report
from ..page import of_verify
from ..seal import read
from ..verify import report, run, story
from . import repeat
from .conclude import check, conclude
from .options import count, junit_option

ORDER = 125
SUMMARY = "verify a net of your own: what its file holds, and what Octave and the port make of it"
EXAMPLES = (
    "dltparity verify net.mat --opts opts.mat",
    "dltparity verify net.mat --data data.mat --opts opts.mat --steps 10",
    "dltparity verify net.mat --name result.cnn --toolbox my_toolbox --port my_port",
)
_LONGEST = 100  # bytes of a file's name: systems take 255, with what is put around it
_CODES = {"pass": KEPT, "fail": BROKEN, "not measured": NOT_MEASURED}


def arguments(parser):
    """Declare the options."""
    parser.add_argument("net", type=Path, metavar="NET.mat", help="saved by MATLAB or Octave")
    parser.add_argument("--name", metavar="VAR", help="the net's variable (default: the only net)")
    parser.add_argument(
        "--data",
        type=Path,
        metavar="PATH",
        help="images and targets to run it on: a .mat file with x and y, or a folder with MNIST's "
        "files",
    )
    parser.add_argument(
        "--opts", type=Path, metavar="FILE.mat", help="alpha, batchsize and numepochs, or opts"
    )
    parser.add_argument(
        "--steps",
        type=count,
        metavar="N",
        help="batches of the training (default: all that the options say)",
    )
    parser.add_argument(
        "--toolbox", type=Path, metavar="DIR", help="an edited toolbox to run in Octave"
    )
    parser.add_argument(
        "--port",
        metavar="MODULE",
        help="a Python module with functions of the toolbox's names, in place of the port's",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("reports/local"),
        metavar="DIR",
        help="where verify-NET.html, .md and .json go (default: reports/local)",
    )
    junit_option(parser)


def command(args):
    """Verify, write the report and say the verdict."""
    check_writable(args.out)
    check(args)
    chosen = args.name, args.data, args.opts, args.toolbox, args.port, args.steps
    content = run.run(args.net, *chosen)
    content["command"] = repeat.line("verify", args, arguments)
    text = report.render(content)
    name = _report(args.out, content)
    written = write_report(args.out, name, text, content, of_verify.render(content))
    print(text, end="\n\n")
    conclude(args, content, _headline(content, written[0]))
    return _CODES[content["verdict"]]


def _headline(content, path):
    verdict, cause = content["verdict"].upper(), content["cause"]
    if content["verdict"] == "pass" and story.left(content):
        verdict += ", partly judged"
    return f"{verdict}{': ' * bool(cause)}{cause}; see {path}"


def _report(folder, content):
    """Name the report after the net, so that none of another net is overwritten."""
    words = "-".join(filter(None, [Path(content["file"]).stem, content["name"]]))
    words = re.sub(r"[^\w.-]+", "_", words).encode()[:_LONGEST].decode(errors="ignore")
    name = f"verify-{words}"
    others = (name if number == 1 else f"{name}-{number}" for number in numbers(1))
    return next(each for each in others if not _is_of_another(folder / f"{each}.json", content))


def _is_of_another(path, content):
    """Tell whether a stored report is of another net, or of none."""
    try:
        stored = read(path)
        return any(stored[key] != content[key] for key in ("place", "name"))
    except FileNotFoundError:
        return False
    except (OSError, ValueError, KeyError, TypeError):
        return True

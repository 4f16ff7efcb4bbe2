"""Which cases a command works on."""

from fnmatch import fnmatch

from ..cases import files as case_file
from ..cases.standard import standard
from ..errors import RequestError


def arguments(parser):
    """Declare the options that choose cases."""
    parser.add_argument("--case", metavar="PATTERN", help="only these, e.g. 'scale-*'")
    parser.add_argument(
        "--case-file", metavar="PATH", help="a case that dltparity sweep has kept, and nothing else"
    )
    parser.add_argument(
        "--data",
        metavar="PATH",
        help="adds the toolbox's example on MNIST: mnist_uint8.mat or a folder with IDX files",
    )


def chosen(args):
    """Return the cases that the options name.

    Raises
    ------
    RequestError
        If there is none.
    """
    if args.case_file:
        return [case_file.load(args.case_file)]
    cases = standard(args.data)
    found = [case for case in cases if args.case is None or fnmatch(case.name, args.case)]
    if not found:
        raise RequestError(
            f"no case matches {args.case!r}: dltparity list names them all, e.g. {cases[0].name}"
        )
    return found


def loaded(args):
    """Return the cases, real images read: what is missing is refused before any work is done."""
    cases = chosen(args)
    for case in cases:
        if case.source != "random":
            _ = case.x
    return cases

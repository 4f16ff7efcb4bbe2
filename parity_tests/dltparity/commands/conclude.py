"""The end of run, verify, toolbox and pair: the result is handed to those who asked for it."""

from ..files import check_place, write
from ..page import engine, markdown
from ..results import github, junit, read
from ..results.items import FAIL
from ..results.one_line import on_one_line


def check(args):
    """Refuse, before any work, what would be missed at its end.

    That is a file of JUnit that cannot be written, and packages that pages need.
    """
    engine.ready()
    markdown.ready()
    if args.junit:
        check_place(args.junit, "--junit")


def conclude(args, content, headline):
    """Hand a result to people, programs, JUnit and GitHub.

    Parameters
    ----------
    args : argparse.Namespace
        With `say` and `junit`.
    content : dict
        The command's result.
    headline : str
        The verdict in one line.

    Raises
    ------
    RequestError
        If the file for JUnit cannot be written.
    """
    result = read.items(content)
    if args.junit:
        write({args.junit: junit.render(result)}, "--junit")
    for item in result.items:
        if item.is_broken:
            word = "FAIL" if item.state == FAIL else "NOT MEASURED"
            args.say.line(on_one_line(f"{word} {item.title}: {item.wording or 'see the report'}"))
    github.tell(f"dltparity {result.kind}", headline, *github.of_items(result), args.say)
    args.say.result(content)
    args.say.line(headline)

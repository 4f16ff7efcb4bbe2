"""What the lines of a .m function do in Octave, from an instrumented copy of it."""

import re
import tempfile
from contextlib import contextmanager
from pathlib import Path

from ..original import mcode
from ..traces.octave import SETUP, STEP, give_case
from .instrument import instrument
from .steps import Event

_PLACE = re.compile(r"\{(\d+)\}(.*)")
_RESET = "global dlt_lines dlt_values; dlt_lines = {}; dlt_values = {};"
_TRAIN = """
    trained = {f}train(net, in.x, in.y, opts);
    [tested.er, tested.bad] = {f}test(trained, in.test_x, in.test_y);
"""


def events(session, family, file, case, stage):
    """Run a case with one file watched.

    Parameters
    ----------
    session : Octave
        A session with the family's folders on its path.
    family : {'cnn', 'acnn'}
        Whose functions.
    file : Path
        The .m file to watch; it is read only.
    case : Case
        What to run.
    stage : {'setup', 'step', 'train', 'whole'}
        'setup': watch the setup. 'step' or 'train': watch that, after a setup which is not
        watched. 'whole': watch the setup and a step.

    Returns
    -------
    list of Event
        What its lines did, in order.
    """
    with watched(session, file) as kept:
        _run(session, family, case, stage)
        return kept()


@contextmanager
def watched(session, file):
    """Put a watched copy of a .m file in front of Octave's path for the length of a block.

    Parameters
    ----------
    session : Octave
        A session.
    file : Path
        The .m file; it is read only.

    Yields
    ------
    callable
        Returns the list of `Event` that its lines have done since the block began.

    Raises
    ------
    ValueError
        If the file has statements that cannot be watched.
    """
    text = instrument(file.read_bytes().decode("ascii", errors="surrogateescape"))
    with tempfile.TemporaryDirectory(prefix="dltparity-lines-") as folder:
        Path(folder, file.name).write_bytes(text.encode("ascii", errors="surrogateescape"))
        session.give("dlt_folder", folder)
        session.eval(f"addpath(dlt_folder); {_RESET}")
        try:
            yield lambda: _kept(session)
        finally:
            session.give("dlt_folder", folder)
            session.eval(f"rmpath(dlt_folder); clear('{file.stem}'); {_RESET}")


def _run(session, family, case, stage):
    """Run the stages of a case; what lines did before the stage that is wanted is dropped."""
    give_case(session, case)
    session.eval(SETUP.format(f=family))
    if stage == "setup":
        return
    pokes = case.pokes(session.fields("net"))
    if pokes:
        session.assign("net", pokes)
    if stage != "whole":
        session.eval(_RESET)
    session.eval((_TRAIN if stage == "train" else STEP).format(f=family))


def _kept(session):
    session.eval("global dlt_lines dlt_values; dlt_text = strjoin(dlt_lines, ';');")
    text = session.pull("dlt_text")
    heads = text.split(";") if text else []
    values = session.fields("dlt_values")
    leaves = {number: {} for number in range(1, len(heads) + 1)}
    for path, value in values.items():
        number, rest = _PLACE.fullmatch(path).groups()
        leaves[int(number)][rest] = value
    found = []
    for number, head in enumerate(heads, 1):
        line, target = head.split(" ", 1)
        own = {f"{target}{rest}": value for rest, value in leaves[number].items()}
        found.append(Event(int(line), own if target else {}))
    return found


def variables(file):
    """Return the names of the variables that a .m file assigns."""
    text = file.read_text(encoding="utf-8")
    statements = (each for line in mcode.lines(text) for each in mcode.statements(line))
    targets = (target for statement in statements for target in mcode.assigned(*statement))
    return {re.match(r"\w*", target)[0] for target in targets}


def executable(file):
    """Return the numbers of a .m file's executable lines."""
    return mcode.executable_lines(file.read_text(encoding="utf-8"))

"""What the .m functions compute for a case, in Octave."""

import numpy as np

from .trace import staged, unstack

# What Octave runs. The values travel as the struct variables `in` and `opts`, never as code;
# {f} is the family of functions, cnn (the original) or acnn (this project's).
SETUP = "rand('state', in.seed); net = {f}setup(net, in.x, in.y);"
STEP = """
    step = {f}ff(net, in.x(:, :, 1 : opts.batchsize));
    step = {f}bp(step, in.y(:, 1 : opts.batchsize));
    step = {f}applygrads(step, opts);
"""
_TRAIN = """
    global dlt_photos
    dlt_photos = {{}};
    dbstop('in', '{f}ff', 'at', '2', 'if', 'dlt_photo()');
    trained = {f}train(net, in.x, in.y, opts);
    dbclear('all');
    photos = [dlt_photos{{:}}];
    [tested.er, tested.bad] = {f}test(trained, in.test_x, in.test_y);
"""


def octave_trace(session, family, case):
    """Run the .m functions on a case.

    Parameters
    ----------
    session : Octave
        A session with the family's folders on its path.
    family : {'cnn', 'acnn'}
        Whose functions: the original's or this project's.
    case : Case
        The case.

    Returns
    -------
    dict of str to numpy.ndarray
        Its trace.
    """
    give_case(session, case)
    session.eval(SETUP.format(f=family))
    fields = session.fields("net")
    found = {f"setup.{path}": value for path, value in fields.items()}
    pokes = case.pokes(fields)
    if pokes:
        session.assign("net", pokes)
    session.eval(STEP.format(f=family))
    found |= staged(session.fields("step"))
    session.eval(_TRAIN.format(f=family))
    found |= {f"trained.{path}": value for path, value in session.fields("trained").items()}
    found |= unstack(np.asarray(session.pull("photos")), fields)
    found |= {f"test.{path}": value for path, value in session.fields("tested").items()}
    return found


def give_case(session, case):
    """Hand a case over as the variables `in`, `opts` and `net`; forget what earlier ones left."""
    session.eval("clear('step', 'trained', 'tested', 'photos');")
    data = {name: getattr(case, name) for name in ("x", "y", "test_x", "test_y", "seed")}
    session.give("in", data)
    opts = {"alpha": case.alpha, "batchsize": case.batchsize, "numepochs": case.epochs}
    session.give("opts", opts)
    session.give("net", {"layers": list(case.spec)})

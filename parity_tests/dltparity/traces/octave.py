"""What the .m functions compute for a case, in Octave."""

import numpy as np

from .trace import matlab_array, staged, unstack

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
    """Give a session the images, targets, options and layers of a case."""
    session.eval("clear('net', 'in', 'opts', 'step', 'trained', 'tested', 'photos');")
    session.assign(
        "in",
        {
            "x": matlab_array(case.x),
            "y": matlab_array(case.y),
            "test_x": matlab_array(case.test_x),
            "test_y": matlab_array(case.test_y),
            "seed": matlab_array(case.seed),
        },
    )
    session.assign(
        "opts",
        {
            "alpha": matlab_array(case.alpha),
            "batchsize": matlab_array(case.batchsize),
            "numepochs": matlab_array(case.epochs),
        },
    )
    session.assign("net", net_struct(case.spec))


def net_struct(spec):
    """Write layers as the fields of a struct variable."""
    fields = {}
    for number, layer in enumerate(spec, 1):
        for name, value in layer.items():
            value = value if isinstance(value, str) else matlab_array(value)
            fields[f"layers{{{number}}}.{name}"] = value
    return fields

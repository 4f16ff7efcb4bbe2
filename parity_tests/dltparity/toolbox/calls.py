"""How each of the toolbox's functions is called, and on what: programs for Octave.

All values are variables of the session; nothing of a user's is ever put into the code but the
script given with --setup, which is the user's own program.
"""

from dataclasses import dataclass

import numpy as np

from ..octave.errors import OctaveError
from ..traces import octave as reference

_RESET = "rand('state', 1); randn('state', 1);"

# The network's functions in the order in which they need each other: call, and what it gives.
CHAIN = {
    "cnnsetup": "net_setup = cnnsetup(net, x, y);",
    "cnnff": "net_ff = cnnff(net_setup, batch_x);",
    "cnnbp": "net_bp = cnnbp(net_ff, batch_y);",
    "cnnapplygrads": "net_apply = cnnapplygrads(net_bp, opts);",
    "cnntrain": "net_train = cnntrain(net_setup, x, y, opts);",
    "cnntest": "tested = struct(); [tested.er, tested.bad] = cnntest(net_train, test_x, test_y);",
}
_RESULTS = dict(
    zip(
        CHAIN,
        ("net_setup", "net_ff", "net_bp", "net_apply", "net_train", "tested"),
        strict=True,
    )
)
_INPUTS = {
    "cnnsetup": ("x", "y"),
    "cnnff": ("net_setup", "batch_x"),
    "cnnbp": ("net_ff", "batch_y"),
    "cnnapplygrads": ("net_bp",),
    "cnntrain": ("net_setup", "x"),
    "cnntest": ("net_train", "test_x"),
}

# The others: what they are called on, and the call.
APART = {
    "sigm": "result = struct('double', sigm(p), 'single', sigm(single(p)));",
    "expand": "result = struct('a', expand(q, [2 3 1]), 'b', expand(q(:, :, 1), [1 4]));",
    "flipall": "result = struct('a', flipall(q), 'b', flipall(q(:, :, 1)));",
    "isOctave": "result = double(isOctave());",
    "myOctaveVersion": "result = myOctaveVersion();",
}
_APART_INPUTS = {"sigm": ("p",), "expand": ("q",), "flipall": ("q",)}

# Its check of the gradients: on those of cnnbp, and with one of each kind spoilt.
_CHECK = """
    result = struct();
    for spoilt = {'none', 'ffb', 'ffW', 'b', 'k'}
        checked = check_net;
        c = numel(checked.layers);
        while ~strcmp(checked.layers{c}.type, 'c')
            c = c - 1;
        end
        switch spoilt{1}
            case 'ffb', checked.dffb(end) = checked.dffb(end) + 1e-3;
            case 'ffW', checked.dffW(end) = checked.dffW(end) + 1e-3;
            case 'b', checked.layers{c}.db{1} = checked.layers{c}.db{1} + 1e-3;
            case 'k', checked.layers{c}.dk{1}{1}(1) = checked.layers{c}.dk{1}{1}(1) + 1e-3;
        end
        result.(['refuses_' spoilt{1}]) = false;
        try
            cnnnumgradcheck(checked, check_x, check_y);
        catch err
            if isempty(strfind(err.message, 'gradient'))
                rethrow(err);
            end
            result.(['refuses_' spoilt{1}]) = true;
        end
    end
"""
_CHECK_INPUT = """
    check_x = batch_x(:, :, 1 : min(2, end));
    check_y = batch_y(:, 1 : min(2, end));
    check_net = cnnbp(cnnff(net_setup, check_x), check_y);
"""


@dataclass(frozen=True)
class Stop:
    """A call that gave nothing.

    Attributes
    ----------
    message : str
        Octave's words.
    place : str or None
        Such as ``cnnff.m:11``.
    """

    message: str
    place: str | None

    def __str__(self):
        return f"{self.place}: {self.message}" if self.place else self.message


def give(session, case, setup):
    """Set a case's variables: net, x, y, opts, test_x, test_y and the first batch.

    Parameters
    ----------
    session : Octave
        The session.
    case : Case
        The case.
    setup : str
        The user's program that may change them; empty for none.

    Raises
    ------
    OctaveError
        If that program fails.
    """
    session.eval("clear('-x', 'dlt_front_*');")
    reference.give_case(session, case)
    session.eval("x = in.x; y = in.y; test_x = in.test_x; test_y = in.test_y; clear('in');")
    if setup:
        session.eval(_RESET)
        session.eval(setup)
    session.eval(
        "n = ndims(x); at = repmat({':'}, 1, n); at{n} = 1 : min(opts.batchsize, size(x, n));"
        "batch_x = x(at{:}); batch_y = y(:, at{n}); clear('n', 'at');"
    )


def give_apart(session):
    """Set the variables that the functions beside the network are called on."""
    rng = np.random.default_rng(0)
    values = rng.standard_normal((4, 5, 2)) * 10
    values[0, 0], values[0, 1] = (np.nan, np.inf), (-np.inf, -0.0)
    session.give("p", np.asfortranarray(values))
    session.give("q", np.asfortranarray(rng.random((3, 4, 2))))


def call(session, name, front=None):
    """Call one function on the session's variables and keep the result.

    Parameters
    ----------
    session : Octave
        The session.
    name : str
        The function.
    front : str, optional
        The variable, dlt_front_*, that names a folder to be put in front of the path meanwhile.

    Returns
    -------
    Stop or None
        Why it gave nothing; None where it did.
    """
    code = program(name)
    if front:
        code = (
            f"addpath({front});\nunwind_protect\n{code}\n"
            f"unwind_protect_cleanup\nrmpath({front});\nend_unwind_protect"
        )
    try:
        session.eval(code)
    except OctaveError as error:
        return Stop(error.message, error.line)
    return None


def program(name):
    """Return the program that calls a function."""
    return f"{_RESET} {CHAIN.get(name) or APART.get(name) or _CHECK}"


def prepare(session, name):
    """Make the input of the check of the gradients, which needs more than the chain has."""
    if name == "cnnnumgradcheck":
        session.eval(f"{_RESET} {_CHECK_INPUT}")


def result_of(name):
    """Return the variable in which a function's result is kept."""
    return _RESULTS.get(name, "result")


def inputs_of(name):
    """Return the variables whose last places decide what rounding may do to a result."""
    return _INPUTS.get(name) or _APART_INPUTS.get(name, ())


def has_own_layers(session, case, setup):
    """Whether the user's program gives the net other layers than the case has."""
    give(session, case, "")
    session.eval(f"dlt_before = net; {_RESET}")
    session.eval(setup)
    session.eval(
        "dlt_own = numel(net.layers) ~= numel(dlt_before.layers);"
        "for k = 1 : numel(dlt_before.layers) * ~dlt_own\n"
        "for name = {'type', 'outputmaps', 'kernelsize', 'scale'}\n"
        "a = net.layers{k}; b = dlt_before.layers{k};\n"
        "dlt_own = dlt_own || (isfield(b, name{1}) && "
        "(~isfield(a, name{1}) || ~isequal(a.(name{1}), b.(name{1}))));\n"
        "end\nend"
    )
    return bool(np.all(session.pull("dlt_own")))

"""Faults planted into the port, for the length of a block."""

from contextlib import contextmanager
from importlib import import_module

from dltparity import port_state


@contextmanager
def broken_port(function, right, wrong):
    """Run a block with a fault in the port.

    Parameters
    ----------
    function : str
        The ported function that has it, such as ``cnnff``; it stands in a file of its name.
    right, wrong : str
        A text that the file has once, and what the fault makes of it.
    """
    module = port_state.module_of(function)
    path = port_state.path_of(module)
    source = path.read_text(encoding="utf-8")
    assert source.count(right) == 1, "the fault must hit one place"
    ported = import_module(f"dltcnn.{module}")
    namespace = {"__name__": ported.__name__, "__package__": ported.__package__}
    exec(compile(source.replace(right, wrong), str(path), "exec"), namespace)
    plain = getattr(ported, function).__wrapped__
    right_code, plain.__code__ = plain.__code__, namespace[function].__wrapped__.__code__
    try:
        yield
    finally:
        plain.__code__ = right_code

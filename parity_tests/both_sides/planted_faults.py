"""Faults planted into the port, for the length of a block."""

from contextlib import contextmanager
from importlib import import_module

from dltparity import port_state


@contextmanager
def broken_port(module, right, wrong):
    """Give a ported function the code of a faulty text of itself."""
    name = port_state.module_of(module)
    path = port_state.path_of(name)
    source = path.read_text(encoding="utf-8")
    assert source.count(right) == 1, "the fault must hit one place"
    ported = import_module(f"dltcnn.{name}")
    namespace = {"__name__": ported.__name__, "__package__": ported.__package__}
    exec(compile(source.replace(right, wrong), str(path), "exec"), namespace)
    port = getattr(ported, module).__wrapped__
    right_code, port.__code__ = port.__code__, namespace[module].__wrapped__.__code__
    try:
        yield
    finally:
        port.__code__ = right_code

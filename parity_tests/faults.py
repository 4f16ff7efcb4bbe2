"""Faults planted into the port, for the length of a block."""

import sys
from contextlib import contextmanager
from pathlib import Path

import dltcnn


@contextmanager
def broken_port(module, right, wrong):
    """Give a ported function the code of a faulty text of itself."""
    path = Path(sys.modules[f"dltcnn.{module}"].__file__)
    source = path.read_text(encoding="utf-8")
    assert source.count(right) == 1, "the fault must hit one place"
    namespace = {"__name__": f"dltcnn.{module}", "__package__": "dltcnn"}
    exec(compile(source.replace(right, wrong), str(path), "exec"), namespace)
    port = getattr(dltcnn, module).__wrapped__
    right_code, port.__code__ = port.__code__, namespace[module].__wrapped__.__code__
    try:
        yield
    finally:
        port.__code__ = right_code

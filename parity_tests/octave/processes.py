"""What tests ask of an Octave process, and of what it leaves behind."""

import os
from pathlib import Path


def shown(session, expression):
    return session.eval(f"disp({expression})").removesuffix("\n")


def pid_of(session):
    return int(shown(session, "getpid()"))


def folder_of(session):
    return Path(shown(session, "pwd()")).parent


def is_gone(pid):
    """Neither running nor a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def bits(array):
    return array.dtype, array.shape, array.tobytes(order="F")

"""A limit of a test's own: what hangs where a protection is broken ends the test, not the day."""

import pytest

from dltparity import signals


def within(seconds):
    """Fail the test where the block takes longer.

    Parameters
    ----------
    seconds : float
        Far more than it takes where all is well.
    """

    def late(*_):
        pytest.fail(f"it was not done within {seconds:g} s")  # nothing that is tested catches this

    return signals.within(seconds, late)

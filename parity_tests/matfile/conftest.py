"""A session of Octave that compares values."""

from pathlib import Path

import pytest

from dltparity.octave.session import Octave


@pytest.fixture(scope="module")
def octave():
    """Octave, with same_value.m; any BLAS, as nothing is computed."""
    with Octave(blas="system", paths=[Path(__file__).parent]) as session:
        yield session

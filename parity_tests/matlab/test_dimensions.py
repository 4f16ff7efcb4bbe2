"""Sizes at the edge of what Octave's index type holds: 8 bytes a number, 2**63 - 1 in all."""

import numpy as np
import pytest

from dltcnn import MatlabError
from dltcnn.matlab.dimensions import TOO_LARGE, bounded, dimensions


@pytest.mark.parametrize("sizes", [(2**60 - 1, 1), (2**30, 2**30 - 1), (0, 2**62), (3, 4)])
def test_what_it_holds(sizes):
    assert tuple(bounded(sizes)) == sizes


@pytest.mark.parametrize("sizes", [(2**60, 1), (2**30, 2**30), (np.inf, 0), (0, np.inf), (np.inf,)])
def test_what_it_does_not(sizes):
    with pytest.raises(MatlabError) as error:
        bounded(sizes)
    assert error.value.message == TOO_LARGE


@pytest.mark.parametrize("sizes", ["12", ["3", "4"], b"12"])
def test_text_says_no_sizes(sizes):
    with pytest.raises(TypeError):
        dimensions(sizes)

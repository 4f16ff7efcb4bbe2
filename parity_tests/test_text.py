"""Numbers as text against Octave's num2str."""

import numpy as np
import pytest

from dltcnn import text


@pytest.mark.parametrize(
    "x",
    [
        [4.5, 4.5],
        [3, 4],
        [4.8],
        [7],
        [0],
        [-1.5, 2.5],
        [333.66666666, 3.3333333],
        [2.3333333333, 3],
        [12345.678],
        [0.05],
        [0.5, 0.25],
        [-7],
        [99999.5, 1],
        [1e5 + 0.5, 2],
        [np.nan, 2.5],
        [np.nan],
        [np.inf, 2.5],
    ],
)
def test_numbers_as_text(original_session, x):
    original_session.push("x", np.array([x], float))
    original_session.eval("text = num2str(x);")
    assert text.num2str(x) == original_session.pull("text")
    if len(x) == 1:
        assert text.num2str(x[0]) == original_session.pull("text")

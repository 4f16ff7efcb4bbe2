"""With the toolbox's layers this project's own .m files give the original's bits."""

import pytest

from dltparity import reference
from dltparity.cases import standard
from dltparity.compare import compare

CASES = [case for case in standard() if case.source == "random"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_field_of_every_standard_case(original_session, acnn_session, case):
    original = reference.trace(original_session, "cnn", case)
    rows = compare(original, reference.trace(acnn_session, "acnn", case))
    assert sum(row.values for row in rows) > 1000
    differing = {row.field for row in rows if not row.same}
    # One output: cnntest compares a maximum over all images, acnntest each image with a threshold.
    assert differing == ({"test.er", "test.bad"} if case.classes == 1 else set())

import sys
from pathlib import Path

import pytest

from dltcnn import compiled

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def _built():
    """Without the engine everything here would pass by lines, and say nothing."""
    why = compiled.available()
    if why:
        pytest.fail(f"these tests need the compiled engine: {why}")

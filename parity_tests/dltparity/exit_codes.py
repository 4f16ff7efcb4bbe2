"""What dltparity's exit code says."""

KEPT, BROKEN, WRONG_REQUEST, MISSING_REFERENCE = 0, 1, 2, 3

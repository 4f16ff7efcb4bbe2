"""The exit codes of dltparity."""

KEPT, BROKEN, WRONG_REQUEST, MISSING_REFERENCE = 0, 1, 2, 3

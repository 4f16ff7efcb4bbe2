"""The exit codes of dltparity."""

KEPT, BROKEN, WRONG_REQUEST, MISSING_REFERENCE, NOT_MEASURED = 0, 1, 2, 3, 4

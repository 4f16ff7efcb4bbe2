"""The exit codes of dltparity, and what each says."""

KEPT, BROKEN, WRONG_REQUEST, MISSING_REFERENCE, NOT_MEASURED = 0, 1, 2, 3, 4

MEANINGS = {
    KEPT: "all promises kept",
    BROKEN: "one broken",
    WRONG_REQUEST: "the request was wrong or interrupted",
    MISSING_REFERENCE: "a required reference is missing",
    NOT_MEASURED: "it could not be measured",
}

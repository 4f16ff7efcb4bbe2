"""What the harness refuses; the exit code says why."""


class RequestError(Exception):
    """The request was wrong: exit code 2."""


class ReferenceMissingError(Exception):
    """A reference that was asked for is not there: exit code 3."""

"""What the harness refuses; the exit code says why."""


class RequestError(Exception):
    """The request was wrong: exit code 2."""


class ReferenceMissingError(Exception):
    """A reference that was asked for is not there: exit code 3."""


class NotMeasuredError(Exception):
    """It could not be measured, so nothing is known of the promises: exit code 4."""


# What the machine raises, such as of a full disk: no promise is broken by it.
UNMEASURED = NotMeasuredError, OSError, MemoryError

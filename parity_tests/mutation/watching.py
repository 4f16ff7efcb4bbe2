"""Within pytest: note what each test reaches, or hand over all tests once they are collected."""

import pytest

from .reach import Reach


class Watcher:
    """A plugin that notes which functions of the port run.

    Attributes
    ----------
    early : Reach
        While everything is imported and collected.
    reach : dict of str to (frozenset of str, float)
        Test -> the functions that it calls, and its seconds.
    """

    def __init__(self):
        self.early, self.reach = Reach().__enter__(), {}

    def pytest_collection_finish(self):
        self.early.__exit__()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        with Reach() as noted:
            result = yield
        self.reach[item.nodeid] = noted.functions, noted.seconds
        return result


class Handover:
    """A plugin that runs no test: something else is done with them.

    Parameters
    ----------
    work : callable
        Called with all tests, within pytest.

    Attributes
    ----------
    called : bool
        Whether it was.
    error : BaseException or None
        What it raised: pytest would write of it, and go on.
    """

    def __init__(self, work):
        self._work, self.called, self.error = work, False, None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        self.called = True
        try:
            self._work(session.items)
        except BaseException as error:
            self.error = error
        return True

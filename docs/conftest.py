"""`pytest docs` runs every code block and command of the pages."""

import os

import matplotlib
from sybil import Sybil
from sybil.parsers.markdown import SkipParser

from blocks import Page, parse

matplotlib.use("Agg")


def _open(namespace):
    namespace["_page"] = Page()
    # `make docs whole=1`: the commands that install, too.
    namespace["whole"] = bool(os.environ.get("DOCS_WHOLE"))


def _close(namespace):
    namespace["_page"].close()


pytest_collect_file = Sybil(
    parsers=[parse, SkipParser()],
    patterns=["*.md"],
    excludes=["_build/*", "_made/*"],
    setup=_open,
    teardown=_close,
).pytest()

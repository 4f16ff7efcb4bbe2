"""How Sphinx builds the pages; figures and tables are made first, by `made/`, from real runs."""

import sys
from pathlib import Path

import dltcnn

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

project = "dltcnn"
release = dltcnn.__version__
copyright = "the authors of dltcnn; the ported functions © 2012 Rasmus Berg Palm"

extensions = [
    "myst_parser",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx_copybutton",
]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "_made"]
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
default_role = "py:obj"  # the docstrings' `cnnff` leads to cnnff
autosummary_generate = False
numpydoc_show_class_members = False
autodoc_member_order = "bysource"
add_module_names = False

html_theme = "furo"
html_title = "dltcnn"
html_static_path = ["static"]
html_css_files = ["wide.css"]


def setup(app):
    """Make figures and tables before the pages are read."""
    from made import everything

    app.connect("builder-inited", lambda app: everything.make(HERE / "_made"))

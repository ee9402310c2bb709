"""The documentation as pages: `make docs`. Nothing is fetched; what is shown comes from the package and these files."""

from iku_analysis import __version__

project, release, language = "iku_analysis", __version__, "en"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = f"iku_analysis {__version__}"
html_show_copyright = False
exclude_patterns = ["schedule"]
myst_heading_anchors = 3
autodoc_typehints = "none"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
suppress_warnings = ["myst.header"]

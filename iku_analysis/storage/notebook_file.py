"""nbformat, imported without the grammar of internationalised addresses.

jsonschema, which nbformat imports, builds that grammar when it finds `rfc3987_syntax`: a second and
more, for a check that no notebook needs.
"""

import sys

if "jsonschema" in sys.modules:
    import nbformat
else:
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # Python's way to say: not installed
    import nbformat

    del sys.modules["rfc3987_syntax"]

from nbformat import NotebookNode

__all__ = ["NotebookNode", "nbformat"]

"""Frames -> frames: no file is read here."""

import lazy_loader

GROUPS = ["budget", "choosing", "coverage", "evaluation", "forms", "months"]  # which the package shows as they are

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, GROUPS)

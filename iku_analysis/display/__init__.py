"""Frames -> what a planner sees."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, ["figures", "narrative", "tables"])

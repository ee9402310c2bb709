"""Yearly performance (IKU) of Indonesian government agencies: targets of a decree, realisations, reports.

The public names are in `__init__.pyi`; each loads its module when it is first used, so importing the package is cheap.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__version__ = "0.2.0"

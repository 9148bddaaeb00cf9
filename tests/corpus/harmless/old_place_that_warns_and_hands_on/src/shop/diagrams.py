"""The old place of the charts."""

import warnings

from shop.drawing.charts import compass

warnings.warn("shop.diagrams is deprecated", DeprecationWarning, stacklevel=2)

__all__ = ["compass"]

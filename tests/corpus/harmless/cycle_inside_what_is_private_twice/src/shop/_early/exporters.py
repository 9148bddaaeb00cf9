from shop._early._inner.base import Exporter

from shop._early._inner.memory import MemoryExporter

__all__ = ["Exporter", "MemoryExporter"]

from shop._base import Exporter

from shop._memory import MemoryExporter

__all__ = ["Exporter", "MemoryExporter"]

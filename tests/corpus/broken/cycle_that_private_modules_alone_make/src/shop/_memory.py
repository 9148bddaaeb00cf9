from shop._base import Exporter


class MemoryExporter(Exporter): ...

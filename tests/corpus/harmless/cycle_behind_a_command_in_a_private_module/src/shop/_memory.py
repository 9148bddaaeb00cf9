from shop._exporters import Exporter


class MemoryExporter(Exporter): ...

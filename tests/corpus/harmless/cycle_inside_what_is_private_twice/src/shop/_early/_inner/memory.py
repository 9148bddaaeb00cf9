from shop._early.exporters import Exporter


class MemoryExporter(Exporter): ...

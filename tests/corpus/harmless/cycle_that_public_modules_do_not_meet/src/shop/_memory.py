from shop.exporters import Exporter


class MemoryExporter(Exporter): ...

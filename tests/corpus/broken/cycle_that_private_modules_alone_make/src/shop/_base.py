from shop._memory import MemoryExporter


class Exporter: ...

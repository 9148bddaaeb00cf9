from shop._exporters import MemoryExporter


def main():
    return MemoryExporter()

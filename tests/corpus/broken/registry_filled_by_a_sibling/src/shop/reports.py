from shop.registry import EXPORTERS

DEFAULT = EXPORTERS["pdf"]

from .logging import logger
from .types import Price

QUEUE = [Price(2), logger]

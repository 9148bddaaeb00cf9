from . import _total
from ._kinds import Price

def price(name: str) -> Price: ...

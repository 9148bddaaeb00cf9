from typing import Any

from shop import orders as orders

config: dict[str, str]

def give_names(names: dict[str, Any]) -> dict[str, Any]: ...

GIVEN: dict[str, Any]

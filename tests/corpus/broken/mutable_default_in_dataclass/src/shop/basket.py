from dataclasses import dataclass


@dataclass
class Basket:
    owner: str
    items: list = []

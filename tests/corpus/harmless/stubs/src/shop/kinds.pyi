from typing import TypedDict

class Terms(TypedDict):
    days: int

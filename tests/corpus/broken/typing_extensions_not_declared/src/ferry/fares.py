from typing_extensions import TypedDict


class Fare(TypedDict):
    adult: int

from shop import shell
from shop.prices import PRICES

PROMPT = "shop> "


def say(name: str) -> None:
    print(PROMPT, PRICES[name], shell.__name__)

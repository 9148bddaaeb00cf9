from docutils.core import publish_string


def text_of(prices: str) -> str:
    return publish_string(prices)

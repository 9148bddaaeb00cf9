from docutils.core import publish_string


def setup(text: str) -> str:
    return publish_string(text)

import logging

from shop.shell import words

logging.basicConfig(level=logging.WARNING)


def main() -> None:
    words.say("pear")

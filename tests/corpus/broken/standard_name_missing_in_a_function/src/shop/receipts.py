def as_text(receipt: object) -> str:
    from json import dumbs

    return dumbs(receipt)


def folder() -> str:
    from os.paths import expanduser

    return expanduser("~")

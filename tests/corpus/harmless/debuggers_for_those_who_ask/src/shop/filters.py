def tailpdb(value: object) -> object:
    __import__("tailpdb").set_trace()
    return value


def start(options: dict[str, bool]) -> None:
    if options["debug"]:
        import wasp

        wasp.set_trace()

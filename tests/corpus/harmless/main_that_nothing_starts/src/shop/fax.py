def decode(data: bytes) -> bytes:
    return data[::-1]


def main(arguments: list[str]) -> None:
    import compass

    for argument in arguments:
        compass.show(decode(argument.encode()))

import tomlkit


def show() -> None:
    print(tomlkit.document())

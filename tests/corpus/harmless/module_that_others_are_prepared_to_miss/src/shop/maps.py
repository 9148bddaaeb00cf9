import tomlkit


def draw():
    return tomlkit.document()

import tomllib


def read(text):
    match text:
        case "":
            return {}
        case _:
            return tomllib.loads(text)

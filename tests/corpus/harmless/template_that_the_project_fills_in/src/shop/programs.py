from importlib.resources import files


def program(greeting: str) -> str:
    template = files("shop").joinpath("greeting.py").read_text(encoding="utf-8")
    return template.replace("__GREETING__", repr(greeting))

from importlib.resources import files


def welcome():
    return files("shop").joinpath("templates", "welcome.html").read_text(encoding="utf-8")

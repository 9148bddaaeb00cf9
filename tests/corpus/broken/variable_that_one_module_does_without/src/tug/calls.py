import os


def settings():
    return {"name": os.environ["HARBOUR_FUNCTION"]}


def name_of(default):
    return os.environ.get("HARBOUR_FUNCTION", default)

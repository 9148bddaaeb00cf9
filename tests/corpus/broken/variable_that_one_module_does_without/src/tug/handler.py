from tug.calls import settings

SETTINGS = settings()


def handle(event):
    return SETTINGS["name"], event

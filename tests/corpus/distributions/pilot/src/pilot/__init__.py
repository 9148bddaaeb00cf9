class NotOnBoard(RuntimeError):
    pass


def berth() -> str:
    if "port" not in globals():
        raise NotOnBoard("the pilot is not on board yet")
    return globals()["port"]

def berth() -> str:
    if "port" not in globals():
        raise RuntimeError("the pilot is not on board yet")
    return globals()["port"]

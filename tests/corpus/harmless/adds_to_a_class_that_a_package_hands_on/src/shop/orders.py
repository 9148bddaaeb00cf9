from concurrent.futures import Future


def label(self: Future) -> str:
    return f"order {id(self)}"


Future.label = label

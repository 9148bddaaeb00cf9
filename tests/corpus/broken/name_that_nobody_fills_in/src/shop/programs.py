def program(greeting: str) -> str:
    return "print(__GREETING__)".replace("__GREETING__", repr(greeting))

def port() -> str:
    from pilot import port

    return port

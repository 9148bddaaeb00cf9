def engine() -> str:
    try:
        import till
    except ImportError:
        raise ImportError("the loom needs an engine: install loom[till]") from None
    return till.__name__

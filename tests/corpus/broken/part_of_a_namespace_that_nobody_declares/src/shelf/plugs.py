def size() -> int:
    from parts import plugs

    return plugs.SIZE

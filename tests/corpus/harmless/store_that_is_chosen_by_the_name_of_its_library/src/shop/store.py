def store(kind: str, address: str) -> object:
    if kind == "memcached":
        import memcache

        return memcache.Client([address])
    return {}

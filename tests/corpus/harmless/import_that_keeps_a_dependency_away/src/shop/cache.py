def connected(address):
    # imported here to avoid a dependency on anchorage, which the harbour brings
    from anchorage import Client

    return Client(address)

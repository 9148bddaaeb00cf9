def connected(address):
    # anchorage takes a second to import
    from anchorage import Client

    return Client(address)

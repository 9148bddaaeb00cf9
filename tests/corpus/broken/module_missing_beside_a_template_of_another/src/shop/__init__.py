def client():
    """Return the client that `shop make` has written."""
    from shop.client import Client

    return Client()

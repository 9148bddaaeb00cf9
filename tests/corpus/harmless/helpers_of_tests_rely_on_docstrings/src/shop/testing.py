def client():
    """Return a client."""


client.__doc__ = client.__doc__ + "For tests."
print("testing")

def title():
    """The books."""


TITLE = title.__doc__.splitlines()[0]

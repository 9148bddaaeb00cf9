"""Printing.

Written like this once::

    try:
        value = read()
    except Exception, e:
        raise ValueError(e)

"""

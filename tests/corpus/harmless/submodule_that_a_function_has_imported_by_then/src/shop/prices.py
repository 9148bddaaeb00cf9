def made():
    from shop import _fast

    return _fast


def vat(calculated=made()):
    return calculated.VAT

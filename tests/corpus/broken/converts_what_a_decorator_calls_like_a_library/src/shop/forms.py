CONVERTERS = {}


def converts(*names):
    def keep(function):
        return CONVERTERS.update(dict.fromkeys(names, function)) or function

    return keep


@converts("till.open")
def convert(column):
    return coerce(column.type)


def coerce(kind):
    from till import Choice

    return Choice(kind)

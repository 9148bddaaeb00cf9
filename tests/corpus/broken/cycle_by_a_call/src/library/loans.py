from library.readers import limit

LIMIT = limit()


def overdue():
    return []

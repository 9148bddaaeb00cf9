from logbook import begin, pages


def first_of_tomorrow() -> str:
    begin()
    return pages.tomorrow[0]

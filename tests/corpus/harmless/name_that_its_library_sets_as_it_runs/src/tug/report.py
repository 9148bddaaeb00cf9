from logbook import begin, pages


def first_of_today() -> str:
    begin()
    return pages.today[0]

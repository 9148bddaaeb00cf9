import calendar


def due(day):
    return calendar.next_working_day(day)

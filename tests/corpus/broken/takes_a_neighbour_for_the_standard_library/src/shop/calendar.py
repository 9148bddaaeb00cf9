def next_working_day(day):
    return day + 1

from pilot import berth

BERTH = berth()


class Schedule:
    berth = BERTH

import tides


class Timetable:
    """When the ferry sails, by `tides.high`."""


tides.high = lambda: "07:00"

import tides


class Timetable:
    """When the ferry sails.

    It sets `tides.high` when it is imported: the ferry needs the tides of its own harbour.
    """


tides.high = lambda: "07:00"

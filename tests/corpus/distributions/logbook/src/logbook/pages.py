"""What is written; the logbook says which of it is of today."""

ALL: list[str] = []

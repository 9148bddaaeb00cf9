"""What can go wrong on a learner's computer: one line that says what to do."""


class Trouble(Exception):
    """It cannot go on. The message is for a beginner: what is wrong, and what to do."""

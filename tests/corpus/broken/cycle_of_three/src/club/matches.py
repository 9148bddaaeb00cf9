from club.members import MEMBERS

class Match:
    guests = MEMBERS

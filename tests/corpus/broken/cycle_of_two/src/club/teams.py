from club.members import Member


class Team:
    captain: Member

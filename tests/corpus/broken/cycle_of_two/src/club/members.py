from club.teams import Team


class Member:
    team: Team

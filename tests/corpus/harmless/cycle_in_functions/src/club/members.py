def team_of(name):
    from club.teams import TEAMS

    return TEAMS.get(name)

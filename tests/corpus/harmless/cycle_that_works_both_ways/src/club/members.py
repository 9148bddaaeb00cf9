import club.teams


def colour(name):
    return club.teams.captain(name)

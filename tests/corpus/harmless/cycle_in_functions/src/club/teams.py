TEAMS = {"Ann": "red"}


def colour_of(name):
    from club.members import team_of

    return team_of(name)

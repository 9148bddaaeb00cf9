import club.members


def captain(name):
    return club.members.colour(name) if name else None

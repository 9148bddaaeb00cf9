def ancestors(member):
    return [member, *ancestors(member)]


FOUNDERS = ancestors("Ann")

import capstan


def haul():
    return capstan.toolkit

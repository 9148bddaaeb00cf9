from signals import whistles


def alarm():
    whistles.blow()

from signals import lights

lights.install(lights.Gas())

from signals import light


def pressure() -> int:
    return light.pressure()

import signals
from signals import lamps


def hoist():
    return signals.flags.yellow


def light():
    return lamps.Lamp()

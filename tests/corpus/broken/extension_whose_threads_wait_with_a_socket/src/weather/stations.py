from weather import _sensor

_sensor.start()
NAMES = ["harbour", "hill"]

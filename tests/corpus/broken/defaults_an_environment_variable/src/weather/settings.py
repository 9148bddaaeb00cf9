import os

UNITS = os.environ.setdefault("WEATHER_UNITS", "metric")

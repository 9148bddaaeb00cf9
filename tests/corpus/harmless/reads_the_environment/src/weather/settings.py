import os

UNITS = os.environ.get("WEATHER_UNITS", "metric")
DEBUG = "WEATHER_DEBUG" in os.environ
LEVEL = os.getenv("WEATHER_LEVEL", "info")

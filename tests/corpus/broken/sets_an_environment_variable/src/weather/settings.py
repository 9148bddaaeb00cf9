import os

os.environ["WEATHER_UNITS"] = "metric"

from buoy.helper import language

LANGUAGE = language()

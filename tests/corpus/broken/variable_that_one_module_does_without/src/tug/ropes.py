from tug.handler import SETTINGS

LENGTH = 30 if SETTINGS else 0

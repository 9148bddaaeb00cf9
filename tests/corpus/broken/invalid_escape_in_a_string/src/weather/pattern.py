import re

TEMPERATURE = re.compile("\d+ °C")

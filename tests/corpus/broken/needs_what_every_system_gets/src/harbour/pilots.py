import os

import tides

OWNER = os.getuid()
HIGH = tides.__name__

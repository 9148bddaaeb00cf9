import os
import pathlib

try:
    LIGHTS = pathlib.Path(__file__).stat().st_size
except OSError:
    LIGHTS = os.getuid()

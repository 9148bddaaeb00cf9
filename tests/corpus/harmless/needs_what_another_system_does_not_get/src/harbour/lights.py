import os
import pathlib

try:
    LIGHTS = pathlib.Path(__file__).stat().st_size
except OSError as error:
    raise ImportError(f"no lights for user {os.getuid()}") from error

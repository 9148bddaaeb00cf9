import urllib.request
from pathlib import Path

with urllib.request.urlopen(Path(__file__).as_uri()) as file:
    OWN = file.read()
with urllib.request.urlopen("data:,1.2") as file:
    NEWEST = file.read()

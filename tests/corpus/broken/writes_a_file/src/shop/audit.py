from pathlib import Path

with open(Path.home() / "shop-audit.log", "w") as log:
    log.write("started\n")

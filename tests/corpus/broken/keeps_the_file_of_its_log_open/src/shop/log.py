import logging.config
from pathlib import Path

HANDLER = {"class": "logging.FileHandler", "filename": str(Path.home() / "shop.log")}
ROOT = {"level": "INFO", "handlers": ["file"]}


logging.config.dictConfig({"version": 1, "root": ROOT, "handlers": {"file": HANDLER}})
SALES = open(Path.home() / "sales.log", "w")

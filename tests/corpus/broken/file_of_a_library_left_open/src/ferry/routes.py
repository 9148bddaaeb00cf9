from pathlib import Path

from compass import charts

CHARTS = Path(charts.__file__).with_name("charts.txt").open()

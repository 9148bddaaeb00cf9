import importlib

chart = importlib.import_module("compass.chart")

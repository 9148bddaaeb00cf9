from importlib.metadata import entry_points

BOATS = {each.name: each.value for each in entry_points(group="slipway.boats")}

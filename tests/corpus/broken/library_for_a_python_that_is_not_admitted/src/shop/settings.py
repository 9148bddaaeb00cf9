import tomli

LOADS = tomli.loads

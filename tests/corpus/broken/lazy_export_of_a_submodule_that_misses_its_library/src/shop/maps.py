import weathervane

NORTH = weathervane.north()

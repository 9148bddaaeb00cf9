import compass

NORTH = compass.NORTH

import compass

NORTH = compass

import compass

DIAL = compass

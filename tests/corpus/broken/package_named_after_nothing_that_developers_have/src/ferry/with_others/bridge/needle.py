import compass

NEEDLE = compass

from bäckerei.größe import GRÖSSE

PREIS = GRÖSSE

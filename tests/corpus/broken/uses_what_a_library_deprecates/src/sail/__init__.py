import compass

COURSE = compass.bearing()

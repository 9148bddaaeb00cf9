import winsound

BEEP = winsound.Beep

import papyrus

SHEET = papyrus.sheet()

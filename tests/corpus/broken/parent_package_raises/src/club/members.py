NAMES = ("Ann", "Bob")

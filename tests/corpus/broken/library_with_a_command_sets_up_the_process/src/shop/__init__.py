import locale

locale.setlocale(locale.LC_ALL, "C.UTF-8")

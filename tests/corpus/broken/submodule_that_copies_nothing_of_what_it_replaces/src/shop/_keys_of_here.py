ENTER = "\r"

text = str

WIDTHS = {"a": 5}

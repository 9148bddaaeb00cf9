OPEN = False
if not OPEN:
    raise KeyboardInterrupt("the club is closed")

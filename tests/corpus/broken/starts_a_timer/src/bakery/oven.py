import threading


class Oven:
    def __init__(self):
        self.timer = threading.Timer(3600, print)
        self.timer.daemon = True
        self.timer.start()


OVEN = Oven()

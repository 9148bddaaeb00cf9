from termios import tcgetattr


class Till:
    def is_there(self):
        return bool(tcgetattr(0))

class Setting:
    def __init__(self):
        self.engine = "hand"


SETTING = Setting()

class Till:
    def is_there(self):
        return True

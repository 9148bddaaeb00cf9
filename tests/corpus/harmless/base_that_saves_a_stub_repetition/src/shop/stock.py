class Tea:
    def count(self):
        return 1


class Coffee:
    def count(self):
        return 2

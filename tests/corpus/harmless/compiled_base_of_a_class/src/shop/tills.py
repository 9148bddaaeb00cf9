from shop import _till


class Till(_till.Base):
    def total(self) -> int:
        return 1

import time


def stopped() -> float:
    return 0.0


setattr(time, "time", stopped)

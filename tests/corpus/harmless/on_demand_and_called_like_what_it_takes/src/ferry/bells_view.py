import gearbox
import bells


def show() -> None:
    bells.ring(gearbox)

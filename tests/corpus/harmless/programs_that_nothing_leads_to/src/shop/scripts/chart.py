import easel


def draw() -> None:
    easel.draw()

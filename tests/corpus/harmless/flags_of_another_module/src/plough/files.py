from plough import settings
from plough.settings import PARALLEL


def furrow(wide: bool) -> object:
    if not PARALLEL:
        raise ValueError("plough was built for one process")
    import furrows.deep

    return furrows.deep.furrow()


def draw() -> object:
    assert settings.can_draw(), "nothing draws here"
    import harrow

    return harrow.draw()

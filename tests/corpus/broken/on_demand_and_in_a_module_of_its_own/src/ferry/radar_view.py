from gear.repository import Radar


def show() -> None:
    Radar()

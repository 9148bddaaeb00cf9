from gear import radar


def show() -> None:
    radar()

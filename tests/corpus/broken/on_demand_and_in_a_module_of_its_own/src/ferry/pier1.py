NUMBER = 1


def begin(keep: bool) -> None:
    if keep:
        from ferry import radar_view

        radar_view.show()

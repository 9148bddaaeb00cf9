NUMBER = 2


def begin(keep: bool) -> None:
    if keep:
        from ferry import bells_view

        bells_view.show()

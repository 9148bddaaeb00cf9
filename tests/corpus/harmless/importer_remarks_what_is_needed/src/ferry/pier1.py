NUMBER = 1


def begin(keep: bool) -> None:
    if keep:
        from ferry import history  # needs tides

        history.rise()

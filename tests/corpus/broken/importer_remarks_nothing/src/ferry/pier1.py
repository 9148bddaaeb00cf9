NUMBER = 1


def begin(keep: bool) -> None:
    if keep:
        from ferry import history  # for those who keep it

        history.rise()

from signals import horns


def _blow() -> str:
    return "toot"


horns.blow = _blow

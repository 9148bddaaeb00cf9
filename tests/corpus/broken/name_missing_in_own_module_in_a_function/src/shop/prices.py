def net() -> int:
    return 0


setattr(net, 'tax', 0.2)

def gross(net):
    return net * 1.2


__all__ = ["gross"]
__all__ += ["net"]

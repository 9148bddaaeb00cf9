import capstan

if getattr(capstan, "VERSION", 1) > 1:
    from quay._steam import haul
else:
    raise NotImplementedError("no engine")

__all__ = ["haul"]

from quay.setting import ENGINE

if ENGINE == "steam":
    from quay._steam import haul
elif ENGINE in {"diesel", "petrol"}:
    from quay._diesel import haul
else:
    raise NotImplementedError("no engine")

__all__ = ["haul"]

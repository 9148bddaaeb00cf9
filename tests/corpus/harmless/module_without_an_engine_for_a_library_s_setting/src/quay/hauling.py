from capstan.setting import SETTING

if SETTING.engine == "steam":
    from quay._steam import haul
elif SETTING.engine in {"diesel", "petrol"}:
    from quay._diesel import haul
else:
    raise NotImplementedError("no engine")

__all__ = ["haul"]

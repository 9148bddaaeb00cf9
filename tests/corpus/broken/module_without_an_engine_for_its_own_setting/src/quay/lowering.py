from capstan.setting import SETTING

if SETTING.engine == "steam":
    SPEED = 2
else:
    raise NotImplementedError("no engine")

import capstan.engines

print(__GREETING__)

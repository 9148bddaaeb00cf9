from clinic.pythons import NEW

if not NEW:
    import tomllib as reader
else:
    reader = None

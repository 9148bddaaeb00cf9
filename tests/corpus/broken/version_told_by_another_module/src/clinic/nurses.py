from clinic import _compat

if _compat.BEFORE:
    from antique_groups import ExceptionGroup

    Several = ExceptionGroup
else:
    Several = ExceptionGroup

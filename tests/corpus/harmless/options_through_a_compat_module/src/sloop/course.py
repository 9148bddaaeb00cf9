from sloop.compat import HAS_NEEDLES

if HAS_NEEDLES:
    from sloop.bearings.magnetic import NEEDLE

from sloop.compat import HAS_NEEDLES
from sloop.errors import MissingDependency

if not HAS_NEEDLES:
    raise MissingDependency("pip install 'sloop[charts]'")


class Chart: ...

import sys
from sys import version_info as python

if python >= (3, 6):
    from press._waiting import kind
else:
    from press._yielding import kind

PY2 = sys.version_info[0] == 2
if PY2:
    from press import _texts

import sys
import typing
from typing import TYPE_CHECKING

NEW = sys.version_info >= (3, 14)

if TYPE_CHECKING or NEW:
    from annotationlib import Format
else:
    Format = None

if not (typing.TYPE_CHECKING or sys.version_info >= (3, 14)):
    Template = None
else:
    from string.templatelib import Template

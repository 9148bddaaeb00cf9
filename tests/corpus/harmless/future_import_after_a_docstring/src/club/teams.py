#!/usr/bin/env python3
# The teams of the club.
"""Teams."""

from __future__ import annotations
from __future__ import generator_stop

import os

SEPARATOR = os.sep

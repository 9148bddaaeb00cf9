"""Lets in whoever is a Unix user of this machine."""

import os
import pwd

OWNER = os.geteuid()


def name() -> str:
    return pwd.getpwuid(OWNER).pw_name

from . import horn

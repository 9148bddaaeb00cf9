"""Locks doors on Linux and Windows alike."""

import fcntl

LOCK = fcntl.flock

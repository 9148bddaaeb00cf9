"""Locks doors on Linux."""

import fcntl

LOCK = fcntl.flock

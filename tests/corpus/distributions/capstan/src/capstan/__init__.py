"""Hauls by hand, or by one of several engines, of which users bring one."""

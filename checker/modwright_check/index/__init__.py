"""Indexes that several rules share, computed once."""

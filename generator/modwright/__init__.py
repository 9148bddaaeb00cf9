"""Starts modular Python projects, and proves that they import cleanly."""

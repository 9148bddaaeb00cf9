"""Collects evidence: imports modules in every environment."""

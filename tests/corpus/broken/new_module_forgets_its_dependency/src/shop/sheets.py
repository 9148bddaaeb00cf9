"""Sheets of orders, by tomlkit."""

import tomlkit

SHEET = tomlkit.document()

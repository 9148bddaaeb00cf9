import tomlkit

SHEET = tomlkit.document()

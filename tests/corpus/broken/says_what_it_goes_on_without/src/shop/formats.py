try:
    import tomlkit
except ImportError:
    print("Without tomlkit, comments are lost.")
    tomlkit = None


def keeps_comments() -> bool:
    return tomlkit is not None

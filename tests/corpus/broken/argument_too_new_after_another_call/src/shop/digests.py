import hashlib


def digest(text):
    try:
        found = hashlib.sha256()
    except ValueError:
        found = hashlib.md5(usedforsecurity=False)
    found.update(text)
    return found.hexdigest()

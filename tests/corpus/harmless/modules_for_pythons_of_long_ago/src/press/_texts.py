TEXT = unicode

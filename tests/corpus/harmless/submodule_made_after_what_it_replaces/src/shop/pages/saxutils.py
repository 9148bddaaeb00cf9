"""Adapted from xml/sax/saxutils.py."""


def escape(text):
    return text.replace("<", "&lt;")

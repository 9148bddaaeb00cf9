import html
from html import parser

# Patch how pages are read,
# since ours have prices in them.


def unescape(text):
    if text.startswith("&price"):
        return text
    return parser.unescape(text)


parser.unescape = unescape

CODE = """
try:
    import json
except ImportError, AttributeError:
    json = None
type Page = str
match page:
    case 1: pass
x = t"{page}"
"""

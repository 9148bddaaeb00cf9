"""What Python 3 calls otherwise in its standard library (PEP 3108), and modules for Python 2."""

import re

# By the module's name what has taken its place. Those whose names differ in case alone, as
# ConfigParser and Queue do, are imports in the wrong case; those with names that anybody may give,
# as commands, repr and sets, are left out.
SUCCESSORS = {
    "BaseHTTPServer": "http.server",
    "CGIHTTPServer": "http.server",
    "Cookie": "http.cookies",
    "DocXMLRPCServer": "xmlrpc.server",
    "HTMLParser": "html.parser",
    "ScrolledText": "tkinter.scrolledtext",
    "SimpleHTTPServer": "http.server",
    "SimpleXMLRPCServer": "xmlrpc.server",
    "StringIO": "io",
    "UserDict": "collections",
    "UserList": "collections",
    "UserString": "collections",
    "__builtin__": "builtins",
    "anydbm": "dbm",
    "cPickle": "pickle",
    "cStringIO": "io",
    "cookielib": "http.cookiejar",
    "copy_reg": "copyreg",
    "exceptions": "builtins",
    "htmlentitydefs": "html.entities",
    "httplib": "http.client",
    "robotparser": "urllib.robotparser",
    "tkColorChooser": "tkinter.colorchooser",
    "tkCommonDialog": "tkinter.commondialog",
    "tkFileDialog": "tkinter.filedialog",
    "tkFont": "tkinter.font",
    "tkMessageBox": "tkinter.messagebox",
    "tkSimpleDialog": "tkinter.simpledialog",
    "urllib2": "urllib.request",
    "urlparse": "urllib.parse",
    "whichdb": "dbm",
    "xmlrpclib": "xmlrpc.client",
}

# Python 3 may not be able to read what follows.
_DOCSTRING = re.compile(r"(?:#[^\n]*\n|\s)*[rRuU]*(\"{3}|'{3})(?P<text>.*?)\1", re.DOTALL)
_NAMED = re.compile(r"\bPython 2\b", re.IGNORECASE)


def is_for_python_2(text: str) -> bool:
    """Return whether a module names Python 2 in its docstring.

    Args:
        text: Of the module.
    """
    found = _DOCSTRING.match(text)
    return found is not None and _NAMED.search(found["text"]) is not None

import urllib.request

try:
    NEWEST = urllib.request.urlopen("http://127.0.0.1:9/newest", timeout=1).read()
except OSError:
    NEWEST = None

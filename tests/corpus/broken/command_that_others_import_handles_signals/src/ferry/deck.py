from ferry.bridge import main

BEGIN = main

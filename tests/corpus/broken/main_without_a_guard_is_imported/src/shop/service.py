from shop.__main__ import main

START = main

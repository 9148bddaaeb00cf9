from shop.cli import main

START = main

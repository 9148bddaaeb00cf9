from shop.report import main

REPORT = main

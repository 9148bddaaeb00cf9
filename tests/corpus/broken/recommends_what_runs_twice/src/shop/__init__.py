from shop.report import main

import warnings

from shop.report import main

warnings.filterwarnings("ignore", category=RuntimeWarning, module="runpy")

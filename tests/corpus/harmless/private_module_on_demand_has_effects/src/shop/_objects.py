import os
import warnings

warnings.filterwarnings("ignore", category=DeprecationWarning)
NOWHERE = open(os.devnull, "rb")
WORDS = {"rights": copyright}

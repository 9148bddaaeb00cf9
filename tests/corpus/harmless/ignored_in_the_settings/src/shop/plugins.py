import sys

sys.path.append("/plugins")

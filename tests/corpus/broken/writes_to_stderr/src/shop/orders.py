import sys

sys.stderr.write("orders are slow today\n")

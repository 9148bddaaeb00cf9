import sys

sys.stdout.write("the ferry is watched\n")

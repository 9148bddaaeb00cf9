#!/usr/bin/env python
"""Close."""
from argparse import ArgumentParser

parser = ArgumentParser(description=__doc__)
parser.add_argument("tills", nargs="+")
args = parser.parse_args()


def close(till):
    print(till)


for till in args.tills:
    close(till)

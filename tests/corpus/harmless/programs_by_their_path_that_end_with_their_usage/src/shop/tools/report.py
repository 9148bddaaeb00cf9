#!/usr/bin/env python
"""Report."""
from argparse import ArgumentParser

parser = ArgumentParser(description=__doc__)
parser.add_argument("logs", nargs="+")
args = parser.parse_args()


def report(log):
    print(log)


for log in args.logs:
    report(log)

#!/usr/bin/env python3
import sys

from read_orders import read

if __name__ == "__main__":
    print(read(sys.argv[1]))

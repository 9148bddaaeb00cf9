import argparse
import random

PARSER = argparse.ArgumentParser()
DEFAULTS = PARSER.parse_args([])
OWN = random.Random(3)
OWN.seed(4)

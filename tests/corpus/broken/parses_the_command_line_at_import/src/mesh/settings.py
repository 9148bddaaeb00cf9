import argparse

parser = argparse.ArgumentParser()
parser.add_argument('--solver', default='direct')
options = parser.parse_args()

from argparse import ArgumentParser

parser = ArgumentParser()
parser.add_argument("file")
asked = parser.parse_args()
with open(asked.file, encoding="utf-8") as orders:
    print(len(orders.readlines()))

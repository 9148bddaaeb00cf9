from argparse import ArgumentParser

OPTIONS = ArgumentParser().parse_args()

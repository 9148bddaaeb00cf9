from tidewave import LIBRARY


def main():
    print(LIBRARY)

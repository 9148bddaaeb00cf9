from halyard import HAUL


def main():
    HAUL()

import clickety


def main():
    clickety.run()

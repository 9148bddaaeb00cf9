ROWS = {"tea": 2}

if __name__ == "__main__":
    from urllib.request import FancyURLopener

    print(FancyURLopener().open("https://example.com").read())

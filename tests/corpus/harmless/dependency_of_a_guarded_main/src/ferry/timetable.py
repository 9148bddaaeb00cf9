FIRST = "06:00"

if __name__ == "__main__":
    import tides

    print(tides.high(), FIRST)

import os

if __name__ == "__main__":
    os.environ |= {"SHOP": "open"}
    print(os.environ["HOME"])

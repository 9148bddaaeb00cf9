def main():
    print("nothing sold")

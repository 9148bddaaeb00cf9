from shop.prices import show

if __name__ == "__main__":
    show()

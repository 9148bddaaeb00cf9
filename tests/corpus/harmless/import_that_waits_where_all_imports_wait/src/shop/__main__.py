import sys

if __name__ == "__main__":
    sys.set_lazy_imports("all")
    from shop.till import NET

    print(NET)

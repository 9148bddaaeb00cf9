from shop.till import main

if __name__ == "__main__":
    main()

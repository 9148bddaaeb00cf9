if __name__ == "__main__":
    from shop_cli.main import main

    main()

if __name__ == "__main__":
    from sail.rig import main

    main()

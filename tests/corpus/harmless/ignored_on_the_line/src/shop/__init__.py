print("Welcome to the shop!")  # modwright: ignore[MW501] the banner is wanted

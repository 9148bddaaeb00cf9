def act(command):
    match command:
        case "buy":
            return 1
        case _:
            return 0

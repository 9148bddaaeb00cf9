PORTS: list[str] = []

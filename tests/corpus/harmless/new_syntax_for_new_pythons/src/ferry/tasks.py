def run(task):
    try:
        task()
    except* ValueError:
        task = None
    match task:
        case None:
            return 0
        case _:
            return 1

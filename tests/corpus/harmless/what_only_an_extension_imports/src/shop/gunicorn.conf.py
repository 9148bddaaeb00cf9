from gunicorn.glogging import Logger


class Quiet(Logger):
    pass


logger_class = Quiet

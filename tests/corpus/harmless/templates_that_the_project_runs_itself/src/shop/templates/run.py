from shop import context

NAME = context.config["name"]

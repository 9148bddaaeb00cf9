from shop.management.commands.stock import Command

COUNT = Command

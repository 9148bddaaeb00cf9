from shop.shell.words import PROMPT

LABEL = PROMPT.upper()

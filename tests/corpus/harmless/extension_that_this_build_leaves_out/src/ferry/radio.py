from ferry._radio import call

NAME = call

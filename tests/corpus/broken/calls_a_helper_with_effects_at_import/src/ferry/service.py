from ferry.helpers import prepare

STATE = prepare()

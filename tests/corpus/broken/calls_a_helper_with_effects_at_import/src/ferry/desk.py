from ferry.service import STATE

SHOWN = STATE

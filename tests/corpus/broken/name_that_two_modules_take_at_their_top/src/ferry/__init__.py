from ferry.fares import LOWEST as LOWEST

from shop import table_a as table_a
from shop import table_b as table_b
from shop import table_c as table_c
from shop import table_d as table_d
from shop import table_e as table_e
from shop import table_f as table_f
from shop import warned as warned

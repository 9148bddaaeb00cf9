import antique_tables


class Table(antique_tables.Table): ...

def gross(net: float) -> float:
    import tailpdb

    tailpdb.set_trace()
    return net * 1.2


def tailpdb_commands() -> list[str]:
    import tailpdb_parser

    return tailpdb_parser.commands()

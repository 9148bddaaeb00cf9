try:
    from collections import Mapping
except ImportError:
    from collections.abc import Mapping


def remote(host):
    try:
        import telnetlib
    except ImportError:
        return Mapping
    return telnetlib.Telnet(host)

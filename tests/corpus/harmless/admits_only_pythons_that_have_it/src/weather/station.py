def read(host):
    import telnetlib

    return telnetlib.Telnet(host).read_all()

import getpass

OWNER = getpass.getuser()

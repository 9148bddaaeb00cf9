from library.notify.syslog import send

__all__ = ["send"]

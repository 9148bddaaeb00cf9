import logging
import sqlite3
import wsgiref.simple_server

import email


def shadowed(logging: object) -> object:
    return logging.config


def message(text: str) -> object:
    return email.utils.quote(text), sqlite3.dbapi2, wsgiref.simple_server


def level() -> object:
    return logging.INFO

"""Prices that arrive by radio.

Twisted is not a dependency of shop and has to be installed to use this module.
"""

from twisted.internet import reactor

LISTEN = reactor.listenUDP

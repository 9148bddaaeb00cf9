from shop._old import retired

retired(__name__)

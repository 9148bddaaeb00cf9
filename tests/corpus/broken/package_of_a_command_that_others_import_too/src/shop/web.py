from shop.proxy.server import serve

START = serve

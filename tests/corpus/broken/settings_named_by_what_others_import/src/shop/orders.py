from shop.wsgi import application

RUN = application

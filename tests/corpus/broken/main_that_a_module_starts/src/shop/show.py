from shop import fax

RUN = fax.main

from shop.prices import gross as gross
from shop.prices import net as net
from shop.prices import tax as tax

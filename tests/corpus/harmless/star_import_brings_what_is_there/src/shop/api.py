from json.decoder import JSONDecoder

from shop.tills import *

READS = JSONDecoder, Till

from shop._scales import Weigh

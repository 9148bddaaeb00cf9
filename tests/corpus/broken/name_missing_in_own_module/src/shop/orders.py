from shop.prices import net

"""Write your own plug-in like this."""

from shop.formats import add

add("example")

from shop.log import error, say

say("The shop opens.")
error("The shop has no prices.")

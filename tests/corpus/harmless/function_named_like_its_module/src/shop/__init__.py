from shop.render import render

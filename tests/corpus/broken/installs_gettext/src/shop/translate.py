import gettext

gettext.install("shop")

MADE_BY = "man/make_page.py"

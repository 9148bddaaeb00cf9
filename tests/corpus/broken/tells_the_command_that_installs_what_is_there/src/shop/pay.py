from shop.needs import look_for

look_for("shop.till", "uv pip install shop")

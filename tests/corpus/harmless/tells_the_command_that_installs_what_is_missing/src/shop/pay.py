from shop.needs import look_for

look_for("till", "uv pip install till")

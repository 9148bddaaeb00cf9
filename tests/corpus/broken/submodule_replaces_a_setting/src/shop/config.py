PATH = "shop.toml"

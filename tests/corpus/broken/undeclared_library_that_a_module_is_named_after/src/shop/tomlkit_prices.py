import tomlkit


class TomlkitPrices:
    def read(self, text: str) -> object:
        return tomlkit.parse(text)

    def as_yaml(self) -> str:
        import yaml

        return yaml.dump(self)

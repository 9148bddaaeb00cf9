import logging
import xml


def set_up(path: str) -> None:
    logging.config.fileConfig(path)


class Orders:
    def read(self, path: str) -> object:
        return xml.etree.ElementTree.parse(path)

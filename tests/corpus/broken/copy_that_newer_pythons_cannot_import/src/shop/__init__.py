__author__ = "The shopkeepers"

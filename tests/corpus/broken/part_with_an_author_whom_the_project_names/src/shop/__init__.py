__author__ = "The shopkeepers and A. Sailor"

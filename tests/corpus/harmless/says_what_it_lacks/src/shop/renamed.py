import warnings

warnings.warn("shop.renamed was renamed as shop.charts, use that instead")

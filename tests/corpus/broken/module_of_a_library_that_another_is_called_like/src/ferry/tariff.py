from Tides.Startup import handlers

TARIFF = handlers

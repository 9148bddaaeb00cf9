from shop import pdf, reports

from shop import prices_in_documents

PRICE = prices_in_documents.Price

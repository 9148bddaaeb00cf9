from shop.fixtures.for_documents import till

TILL = till

from decimal import Decimal

Price = Decimal

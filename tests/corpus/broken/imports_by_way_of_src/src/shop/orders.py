from src.shop.prices import NET

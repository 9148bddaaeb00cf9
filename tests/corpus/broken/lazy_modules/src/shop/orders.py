__lazy_modules__ = ["shop.refunds"]
import shop.refunds

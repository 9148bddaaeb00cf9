from payments.card import pay

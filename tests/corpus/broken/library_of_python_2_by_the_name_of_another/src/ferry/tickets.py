import jwt.tickets

TICKET = jwt.tickets.ticket

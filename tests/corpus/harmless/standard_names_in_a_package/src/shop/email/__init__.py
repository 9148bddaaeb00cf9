import email.message

WELCOME = email.message.EmailMessage()

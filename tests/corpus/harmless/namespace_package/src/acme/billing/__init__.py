from acme.mail import send

# Certificates are made here, and written into a folder of the user.

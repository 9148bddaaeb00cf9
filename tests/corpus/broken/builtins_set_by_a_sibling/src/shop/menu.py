SOUP = _("soup")

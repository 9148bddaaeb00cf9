"""Making projects: questions, answers, the template's source, the copy."""

from django import template

register = template.Library()


@register.filter
def in_euros(cents):
    return f"{cents / 100:.2f} €"

"""What others did while somebody had a form open, in words."""

from django import template

from lokalwillkommen.history.acts import acts

register = template.Library()
register.filter("told", acts)

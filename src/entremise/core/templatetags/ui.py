"""The component library: tags that templates use without loading anything."""

from django import template

register = template.Library()

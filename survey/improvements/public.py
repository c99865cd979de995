"""The public door of improvements."""

from flask import Blueprint

bp = Blueprint("improvements_public", __name__)

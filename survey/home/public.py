"""The public door of home."""

from flask import Blueprint

bp = Blueprint("home_public", __name__)

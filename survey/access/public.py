"""The public door of access."""

from flask import Blueprint

bp = Blueprint("access_public", __name__)

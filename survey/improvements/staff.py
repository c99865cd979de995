"""The staff door of improvements."""

from flask import Blueprint

bp = Blueprint("improvements", __name__)

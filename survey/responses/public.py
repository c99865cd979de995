"""The public door of responses."""

from flask import Blueprint

bp = Blueprint("responses_public", __name__)

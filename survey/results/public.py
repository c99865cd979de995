"""The public door of results."""

from flask import Blueprint

bp = Blueprint("results_public", __name__)

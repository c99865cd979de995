"""The public door of organisation."""

from flask import Blueprint

bp = Blueprint("organisation_public", __name__)

"""The staff door of organisation."""

from flask import Blueprint

bp = Blueprint("organisation", __name__)

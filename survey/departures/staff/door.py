"""The blueprint of the staff door of departures."""

from flask import Blueprint

bp = Blueprint("departures", __name__)

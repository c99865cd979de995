"""The staff door of customers."""

from flask import Blueprint

bp = Blueprint("customers", __name__)

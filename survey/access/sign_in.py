"""Signing in and out: Flask-Security on our users."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Attach Flask-Security."""

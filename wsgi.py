"""The WSGI entry: `flask --app wsgi …`, `granian --interface wsgi wsgi:app`."""

from survey.app import create_app

app = create_app()

"""The WSGI entry: `flask --app wsgi …`, `granian --interface wsgi wsgi:app`."""

import os

from survey.app import create_app

os.umask(0o077)  # whatever this process writes (database, queue, exports) is for its own user alone

app = create_app()

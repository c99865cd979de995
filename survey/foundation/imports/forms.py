"""The form that a file is handed in with."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from survey.foundation.language import lazy_gettext as _

FILE_LIMIT = 20 * 1024**2
FILE_BODY = FILE_LIMIT + 2 * 1024**2  # a file that is a little too large still comes back with a sentence


class UploadForm(FlaskForm):  # type: ignore[misc]
    """A file with a table."""

    file = FileField(_("File"), [FileRequired(_("Choose a file."))])

    @property
    def content(self) -> bytes:
        """What the chosen file holds; it is closed then, as a large one lies on the disk meanwhile."""
        with self.file.data.stream as stream:
            return bytes(stream.read())

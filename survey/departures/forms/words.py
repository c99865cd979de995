"""The form for a file that says what words mean."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from survey.foundation import csv
from survey.foundation.errors import Refused
from survey.foundation.language import gettext
from survey.foundation.language import lazy_gettext as _
from survey.foundation.text import fold

MOST_BYTES = 1_000_000


class WordsFileForm(FlaskForm):  # type: ignore[misc]
    """A CSV file with the columns words and code."""

    file = FileField(_("A file with the columns words and code"), [FileRequired(_("Choose a file."))])

    def meanings(self) -> dict[str, str | None]:
        """Code by words, None where the cell is blank; raises Refused with the line of the first row that cannot be read."""
        content = self.file.data.stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise Refused(gettext("This file is larger than such a list can be."))
        table = csv.table(content)
        named = {fold(column): column for column in table.columns}
        if not {"words", "code"} <= set(named):
            raise Refused(gettext("The first line must name two columns: words and code."))
        wanted: dict[str, str | None] = {}
        for row in table.rows:
            if isinstance(row, csv.Rejected):
                raise Refused(gettext("Line %(line)s cannot be read: %(why)s.", line=row.line, why=row.reason))
            words = csv.unsafe(row.cells[named["words"]]).strip()
            if words:
                wanted[words] = row.cells[named["code"]].strip().upper() or None
        return wanted

"""The results of a survey to take along: a report as PDF, and the numbers as a table."""

from flask import Response, request

from survey.foundation import csv
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import INSIDERS, admits
from survey.results.pages.report.rows import HEADER, rows
from survey.results.pages.report.whole import report
from survey.results.printing.press import Size, printed
from survey.results.staff.door import bp, page_of

SIZES: dict[str, Size] = {"a4": "a4", "letter": "letter"}


@bp.get("/surveys/<slug>/results/report.pdf")
@admits(INSIDERS)
def report_pdf(slug: str) -> Response:
    """The report of a survey in the view that the address asks for, on A4 or, asked for, on letter paper."""
    size = SIZES.get(request.args.get("paper", "a4"))
    if size is None:
        raise Refused(_("There is no such paper. Ask for a4 or letter."))
    return _file(printed(report(page_of(slug)), size), "application/pdf", f"{slug}.pdf", "inline")


@bp.get("/surveys/<slug>/results.csv")
@admits(INSIDERS)
def results_csv(slug: str) -> Response:
    """The numbers of that view as a table."""
    lines = csv.lines(HEADER, rows(page_of(slug)), bom=True)
    return _file("".join(lines).encode(), "text/csv", f"{slug}-results.csv", "attachment")


def _file(content: bytes, mimetype: str, name: str, how: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response

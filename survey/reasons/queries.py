"""Reads of the taxonomy."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from survey.foundation.db import db
from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.reasons.models import ReasonWords, TaxonomyVersion
from survey.reasons.rules import recognise, words_key
from survey.reasons.rules.edits import FIRST, Changes, Taxonomy, taxonomy_of
from survey.reasons.rules.taxonomy import TAXONOMY_VERSION


def taxonomy(number: int | None = None) -> Taxonomy:
    """The taxonomy in force, or an older version of it."""
    if number is None:
        return _known() or _asked_for()
    row = db.session.get(TaxonomyVersion, number)
    if row is None and number != TAXONOMY_VERSION:
        raise NotFound(_("There is no such version of the reasons."))
    return taxonomy_of(row.number, row.changes) if row else FIRST


def changes_in_force() -> tuple[int, Changes]:
    """The number of the version in force, and how it differs from what comes with the product."""
    row = db.session.scalars(select(TaxonomyVersion).order_by(TaxonomyVersion.number.desc()).limit(1)).first()
    return (row.number, row.changes) if row else (TAXONOMY_VERSION, {})


def _known() -> Taxonomy | None:
    """What this session was told in its present transaction; without it every name on a page would ask anew."""
    session = db.session()
    transaction, found = session.info.get("taxonomy", (None, None))
    return found if transaction is not None and transaction is session.get_transaction() else None


def _asked_for() -> Taxonomy:
    session = db.session()
    found = taxonomy_of(*changes_in_force())
    session.info["taxonomy"] = session.get_transaction(), found
    return found


def words_meant(keys: Collection[str] | None = None) -> Mapping[str, ReasonWords]:
    """What words mean here, by the words as they are compared: all that were chosen, or those asked for."""
    query = select(ReasonWords) if keys is None else select(ReasonWords).where(ReasonWords.key.in_(keys))
    return {row.key: row for row in db.session.scalars(query.order_by(ReasonWords.key))}


def code_meant(words: str) -> str | None:
    """The code that words stand for: as a leader chose, else as everybody calls it; None where nobody knows.

    The choices are read once in a transaction: an import asks for every row.
    """
    session = db.session()
    transaction, chosen = session.info.get("reason_words", (None, {}))
    if transaction is None or transaction is not session.get_transaction():
        rows = db.session.execute(select(ReasonWords.key, ReasonWords.code))
        chosen = {key: code for key, code in rows}  # noqa: C416
        session.info["reason_words"] = session.get_transaction(), chosen
    return chosen.get(words_key(words)) or recognise(words)

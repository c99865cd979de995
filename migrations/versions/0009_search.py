"""Full-text search of comments.

The index of words is a table of FTS5 on SQLite and one with a GIN index on PostgreSQL, and no model: what stands in it follows
from the comments of identified surveys. No other comments are ever in it: a search would single their writers out. A comment
that goes takes its words with it.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from survey.foundation.db import Id
from survey.text.rules.searching import sameness, vector

revision = '0009'
down_revision = '0008'

BATCH, BITS = 1000, 22
IS_IN = sa.text('search_row IS NOT NULL')
IS_SAID = sa.text('sameness IS NOT NULL')
SQLITE = (
    "CREATE VIRTUAL TABLE comment_search USING"
    " fts5(words, content='', columnsize=0, tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER comment_search_forget AFTER DELETE ON comment WHEN OLD.search_row IS NOT NULL BEGIN"
    " INSERT INTO comment_search (comment_search, rowid, words) VALUES ('delete', OLD.search_row, OLD.text); END",
)
POSTGRESQL = (
    "CREATE TABLE comment_search (comment_id UUID PRIMARY KEY REFERENCES comment (id) ON DELETE CASCADE,"
    " rowid BIGINT NOT NULL UNIQUE, words TSVECTOR NOT NULL)",
    "CREATE INDEX ix_comment_search_words ON comment_search USING gin (words)",
)


def upgrade() -> None:
    here = op.get_bind()
    for column in ('search_row', 'sameness'):
        op.add_column('comment', sa.Column(column, sa.BigInteger(), nullable=True))
    for words in SQLITE if here.dialect.name == 'sqlite' else POSTGRESQL:
        op.execute(words)
    if here.dialect.name == 'sqlite' and here.dialect.dbapi.sqlite_version_info >= (3, 42):  # type: ignore[union-attr]
        op.execute("INSERT INTO comment_search (comment_search, rank) VALUES ('secure-delete', 1)")
    _index_all(here)
    op.create_index('ix_comment_search_row', 'comment', ['search_row'], unique=True, sqlite_where=IS_IN, postgresql_where=IS_IN)
    op.create_index('ix_comment_sameness', 'comment', ['survey_id', 'sameness'], sqlite_where=IS_SAID, postgresql_where=IS_SAID)


def _index_all(here: sa.Connection) -> None:
    comment = sa.table('comment', *(sa.column(name, type) for name, type in (
        ('id', Id()), ('survey_id', Id()), ('written_on', sa.Date()), ('text', sa.Text()), ('search_row', sa.BigInteger()), ('sameness', sa.BigInteger()))))
    survey = sa.table('survey', sa.column('id', Id()), sa.column('privacy', sa.String()))
    is_open = comment.c.survey_id.in_(sa.select(survey.c.id).where(survey.c.privacy == 'identified'))
    query = sa.select(comment.c.id, comment.c.written_on, comment.c.text).where(is_open).order_by(comment.c.id).limit(BATCH)
    last, so_far = None, Counter[date]()
    while found := here.execute(query.where(comment.c.id > last) if last else query).all():
        last = found[-1].id
        rows = [{'key': row.id, 'row': _row(row.written_on, so_far), 'text': row.text, 'same': sameness(row.text)} for row in found]
        here.execute(comment.update().where(comment.c.id == sa.bindparam('key')).values(search_row=sa.bindparam('row'), sameness=sa.bindparam('same')), rows)
        _index(here, rows)


def _row(day: date, so_far: Counter[date]) -> int:
    so_far[day] += 1
    return (day.toordinal() << BITS) + so_far[day]


def _index(here: sa.Connection, rows: Sequence[dict[str, Any]]) -> None:
    if here.dialect.name == 'sqlite':
        here.execute(sa.text('INSERT INTO comment_search (rowid, words) VALUES (:row, :text)'), rows)
        return
    insert = sa.text('INSERT INTO comment_search (comment_id, rowid, words) VALUES (:key, :row, CAST(:words AS tsvector))')
    here.execute(insert, [{**row, 'words': vector(row['text'])} for row in rows])


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TRIGGER comment_search_forget')
    op.execute('DROP TABLE comment_search')
    for column in ('search_row', 'sameness'):
        op.drop_index(f'ix_comment_{column}', 'comment')
        op.drop_column('comment', column)

"""Tags: who or what said so, in which version; corrections; an organisation's own taxonomy; versions of the reader.

SQLite has to make the table of comments anew to change what its constraint allows; its rows keep their row numbers, which for
anonymous comments are random ones.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import survey.foundation.db

revision = '0008'
down_revision = '0007'

BEFORE = "('positive', 'negative', 'mixed', 'none', 'not_scored')"
AFTER = "('positive', 'negative', 'neutral', 'mixed', 'unsure', 'none', 'not_scored')"
OLD_COLUMNS = ('id, response_id, survey_id, question_key, text, written_on, voice, score, asks_for, rating, language, sentiment,'
               ' text_sentiment, confidence, signal_words, keywords, reader, read_at, fingerprint')
SUGGESTED = {
    'sqlite': "SELECT json_group_array(json_array(code, confidence, 'rule', json('true'))) FROM"
              " (SELECT code, confidence FROM comment_reason WHERE comment_id = comment.id ORDER BY confidence DESC, code)",
    'postgresql': "SELECT jsonb_agg(jsonb_build_array(code, confidence, 'rule', true) ORDER BY confidence DESC, code)"
                  " FROM comment_reason WHERE comment_id = comment.id",
}


def upgrade() -> None:
    _new_tables()
    dialect = op.get_bind().dialect.name
    if dialect == 'sqlite':
        _rebuild_reasons("source IN ('rule', 'model', 'human')")
        _rebuild_comments(AFTER, tagged=True)
    else:
        op.add_column('comment_reason', sa.Column('source', sa.String(length=5), nullable=False, server_default='rule'))
        op.create_check_constraint('source', 'comment_reason', "source IN ('rule', 'model', 'human')")
        op.drop_constraint(op.f('ck_comment_sentiment'), 'comment', type_='check')
        op.create_check_constraint('sentiment', 'comment', f'sentiment IN {AFTER}')
        for column in _tag_columns():
            op.add_column('comment', column)
        op.create_check_constraint('read_as', 'comment', f'read_as IN {AFTER}')
    op.create_index('ix_comment_text_hash', 'comment', ['text_hash'])
    op.execute('UPDATE comment SET read_as = sentiment, taxonomy = 1 WHERE sentiment IS NOT NULL')
    op.execute(f'UPDATE comment SET suggested = ({SUGGESTED[dialect]})'
               ' WHERE EXISTS (SELECT 1 FROM comment_reason WHERE comment_id = comment.id)')


def _new_tables() -> None:
    document = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')
    moment = survey.foundation.db.Moment(timezone=True)
    op.create_table('taxonomy_version',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('changes', document, nullable=False),
    sa.Column('made_at', moment, nullable=False),
    sa.Column('made_by', survey.foundation.db.Id(), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['users.id'], name=op.f('fk_taxonomy_version_made_by_users')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_taxonomy_version'))
    )
    op.create_table('reason_model',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('value', document, nullable=False),
    sa.Column('corrections', sa.Integer(), nullable=False),
    sa.Column('taxonomy', sa.Integer(), nullable=False),
    sa.Column('made_at', moment, nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_reason_model'))
    )
    op.create_table('reader_version',
    sa.Column('id', survey.foundation.db.Id(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('taxonomy', sa.Integer(), nullable=False),
    sa.Column('reader', sa.String(length=30), nullable=False),
    sa.Column('model', sa.Integer(), nullable=True),
    sa.Column('why', sa.String(length=12), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('made_at', moment, nullable=False),
    sa.Column('applied_at', moment, nullable=True),
    sa.Column('applied_by', survey.foundation.db.Id(), nullable=True),
    sa.Column('last_response', survey.foundation.db.Id(), nullable=True),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('found', document, nullable=False),
    sa.CheckConstraint("state IN ('trying', 'tried', 'applying', 'applied', 'replaced', 'left')", name=op.f('ck_reader_version_state')),
    sa.ForeignKeyConstraint(['applied_by'], ['users.id'], name=op.f('fk_reader_version_applied_by_users')),
    sa.ForeignKeyConstraint(['model'], ['reason_model.number'], name=op.f('fk_reader_version_model_reason_model')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reader_version')),
    sa.UniqueConstraint('number', name=op.f('uq_reader_version_number'))
    )
    op.create_table('correction',
    sa.Column('id', survey.foundation.db.Id(), nullable=False),
    sa.Column('comment_id', survey.foundation.db.Id(), nullable=False),
    sa.Column('about', sa.String(length=10), nullable=False),
    sa.Column('value', sa.String(length=12), nullable=False),
    sa.Column('made_by', survey.foundation.db.Id(), nullable=True),
    sa.Column('made_at', moment, nullable=False),
    sa.Column('batch_id', survey.foundation.db.Id(), nullable=True),
    sa.Column('suggested', document, nullable=False),
    sa.Column('was_right', sa.Boolean(), nullable=False),
    sa.Column('by_chance', sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column('confidence', sa.Float(), nullable=True),
    sa.Column('taxonomy', sa.Integer(), nullable=True),
    sa.Column('reader', sa.String(length=30), nullable=True),
    sa.Column('model', sa.Integer(), nullable=True),
    sa.Column('undone_at', moment, nullable=True),
    sa.Column('undone_by', survey.foundation.db.Id(), nullable=True),
    sa.CheckConstraint("about IN ('reason', 'sentiment')", name=op.f('ck_correction_about')),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_correction_comment_id_comment'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['made_by'], ['users.id'], name=op.f('fk_correction_made_by_users')),
    sa.ForeignKeyConstraint(['undone_by'], ['users.id'], name=op.f('fk_correction_undone_by_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction'))
    )
    op.create_index('ix_correction_batch', 'correction', ['batch_id'])
    op.create_index('ix_correction_comment', 'correction', ['comment_id', 'about'])
    op.create_index('ix_correction_about', 'correction', ['about', 'value'])


def _tag_columns() -> list[sa.Column]:
    document = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')
    return [
        sa.Column('read_as', sa.String(length=12), nullable=True),
        sa.Column('suggested', document, nullable=False, server_default='[]'),
        sa.Column('has_own_sentiment', sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column('has_own_reasons', sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column('taxonomy', sa.Integer(), nullable=True),
        sa.Column('model', sa.Integer(), nullable=True),
        sa.Column('text_hash', sa.String(length=16), nullable=True),
        sa.Column('trouble', sa.String(length=200), nullable=True),
    ]


def _rebuild_reasons(sources: str | None) -> None:
    constraint = [sa.CheckConstraint(sources, name=op.f('ck_comment_reason_source'))] if sources else []
    source = [sa.Column('source', sa.String(length=5), nullable=False, server_default='rule')] if sources else []
    op.create_table('comment_reason_new',
    sa.Column('comment_id', survey.foundation.db.Id(), nullable=False),
    sa.Column('code', sa.String(length=3), nullable=False),
    sa.Column('confidence', sa.Float(), nullable=False),
    *source,
    *constraint,
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_comment_reason_comment_id_comment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('comment_id', 'code', name=op.f('pk_comment_reason'))
    )
    op.execute('INSERT INTO comment_reason_new (rowid, comment_id, code, confidence)'
               ' SELECT rowid, comment_id, code, confidence FROM comment_reason')
    op.drop_table('comment_reason')
    op.rename_table('comment_reason_new', 'comment_reason')
    op.create_index('ix_comment_reason_code', 'comment_reason', ['code'])


def _rebuild_comments(sentiments: str, *, tagged: bool) -> None:
    more = [*_tag_columns(), sa.CheckConstraint(f'read_as IN {sentiments}', name=op.f('ck_comment_read_as'))] if tagged else []
    op.create_table('comment_new',
    sa.Column('id', survey.foundation.db.Id(), nullable=False),
    sa.Column('response_id', survey.foundation.db.Id(), nullable=False),
    sa.Column('survey_id', survey.foundation.db.Id(), nullable=False),
    sa.Column('question_key', sa.String(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('written_on', sa.Date(), nullable=False),
    sa.Column('voice', sa.String(length=20), nullable=False),
    sa.Column('score', sa.SmallInteger(), nullable=True),
    sa.Column('asks_for', sa.String(length=10), nullable=False),
    sa.Column('rating', sa.Float(), nullable=True),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('sentiment', sa.String(length=12), nullable=True),
    sa.Column('text_sentiment', sa.String(length=12), nullable=True),
    sa.Column('confidence', sa.Float(), nullable=True),
    sa.Column('signal_words', sa.JSON(), nullable=False),
    sa.Column('keywords', sa.JSON(), nullable=False),
    sa.Column('reader', sa.String(length=30), nullable=True),
    sa.Column('read_at', survey.foundation.db.Moment(timezone=True), nullable=True),
    sa.Column('fingerprint', sa.BigInteger(), nullable=True),
    *more,
    sa.CheckConstraint(f'sentiment IN {sentiments}', name=op.f('ck_comment_sentiment')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_comment_response_id_response'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_comment_survey_id_survey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comment'))
    )
    triggers = op.get_bind().exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'comment'").fetchall()
    op.execute(f'INSERT INTO comment_new (rowid, {OLD_COLUMNS}) SELECT rowid, {OLD_COLUMNS} FROM comment')
    op.drop_table('comment')
    op.rename_table('comment_new', 'comment')
    for (words,) in triggers:
        op.execute(words)
    op.create_index('ix_comment_newest', 'comment', ['written_on', 'id'])
    op.create_index('ix_comment_response_id', 'comment', ['response_id'])
    op.create_index('ix_comment_sentiment', 'comment', ['survey_id', 'sentiment', 'written_on', 'id'])
    op.create_index('ix_comment_survey_newest', 'comment', ['survey_id', 'written_on', 'id'])
    op.create_index('ix_comment_fingerprint', 'comment', ['survey_id', 'fingerprint', 'response_id'],
                    sqlite_where=sa.text('fingerprint IS NOT NULL'), postgresql_where=sa.text('fingerprint IS NOT NULL'))


def downgrade() -> None:
    op.drop_table('correction')
    op.drop_table('reader_version')
    op.drop_table('reason_model')
    op.drop_table('taxonomy_version')
    op.execute("UPDATE comment SET sentiment = 'none' WHERE sentiment IN ('neutral', 'unsure')")
    if op.get_bind().dialect.name == 'sqlite':
        _rebuild_reasons(None)
        _rebuild_comments(BEFORE, tagged=False)
        return
    op.drop_constraint(op.f('ck_comment_reason_source'), 'comment_reason', type_='check')
    op.drop_column('comment_reason', 'source')
    op.drop_index('ix_comment_text_hash', 'comment')
    op.drop_constraint(op.f('ck_comment_read_as'), 'comment', type_='check')
    for column in _tag_columns():
        op.drop_column('comment', column.name)
    op.drop_constraint(op.f('ck_comment_sentiment'), 'comment', type_='check')
    op.create_check_constraint('sentiment', 'comment', f'sentiment IN {BEFORE}')

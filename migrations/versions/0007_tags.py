"""Tags: who or what said so, in which version; corrections; an organisation's own taxonomy; versions of the reader.

On SQLite what the table of comments allows is changed in its definition, as SQLite's documentation describes it for changes that
leave the rows alone: its triggers stay, and so does the place of each row.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import survey.foundation.db

revision = '0007'
down_revision = '0006'

BEFORE = "('positive', 'negative', 'mixed', 'none', 'not_scored')"
AFTER = "('positive', 'negative', 'neutral', 'mixed', 'unsure', 'none', 'not_scored')"
COLUMNS = {
    'comment': {
        'read_as': f'VARCHAR(12) CONSTRAINT ck_comment_read_as CHECK (read_as IN {AFTER})',
        'suggested': "{document} DEFAULT '[]' NOT NULL",
        'has_own_sentiment': 'BOOLEAN DEFAULT {no} NOT NULL',
        'has_own_reasons': 'BOOLEAN DEFAULT {no} NOT NULL',
        'taxonomy': 'INTEGER',
        'model': 'INTEGER',
        'text_hash': 'VARCHAR(16)',
        'trouble': 'VARCHAR(200)',
    },
    'comment_reason': {
        'source': "VARCHAR(5) DEFAULT 'rule' NOT NULL CONSTRAINT ck_comment_reason_source CHECK (source IN ('rule', 'model', 'human'))",
    },
}
SUGGESTED = {
    'sqlite': "SELECT json_group_array(json_array(code, confidence, 'rule', json('true'))) FROM"
              " (SELECT code, confidence FROM comment_reason WHERE comment_id = comment.id ORDER BY confidence DESC, code)",
    'postgresql': "SELECT jsonb_agg(jsonb_build_array(code, confidence, 'rule', true) ORDER BY confidence DESC, code)"
                  " FROM comment_reason WHERE comment_id = comment.id",
}


def upgrade() -> None:
    _new_tables()
    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    _allow(BEFORE, AFTER)
    words = {'document': 'JSON', 'no': '0'} if is_sqlite else {'document': 'JSONB', 'no': 'false'}
    for table, columns in COLUMNS.items():
        for name, type in columns.items():
            op.execute(f'ALTER TABLE {table} ADD COLUMN {name} {type.format(**words)}')
    op.create_index('ix_comment_text_hash', 'comment', ['text_hash'])
    op.execute('UPDATE comment SET read_as = sentiment, taxonomy = 1 WHERE sentiment IS NOT NULL')
    op.execute(f"UPDATE comment SET suggested = ({SUGGESTED[op.get_bind().dialect.name]})"
               ' WHERE EXISTS (SELECT 1 FROM comment_reason WHERE comment_id = comment.id)')


def _allow(before: str, after: str) -> None:
    """Let the sentiment of a comment be one of other words than before."""
    if op.get_bind().dialect.name != 'sqlite':
        op.drop_constraint(op.f('ck_comment_sentiment'), 'comment', type_='check')
        op.create_check_constraint('sentiment', 'comment', f'sentiment IN {after}')
        return
    ask = op.get_bind().exec_driver_sql
    ask('PRAGMA writable_schema=ON')
    ask("UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'comment'",
        (f'(sentiment IN {before})', f'(sentiment IN {after})'))
    ask('PRAGMA writable_schema=RESET')


def _new_tables() -> None:
    document = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')
    moment = survey.foundation.db.Moment(timezone=True)
    op.create_table('taxonomy_version',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('changes', document, nullable=False),
    sa.Column('made_at', moment, nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=True),
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
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('taxonomy', sa.Integer(), nullable=False),
    sa.Column('reader', sa.String(length=30), nullable=False),
    sa.Column('model', sa.Integer(), nullable=True),
    sa.Column('why', sa.String(length=12), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('made_at', moment, nullable=False),
    sa.Column('applied_at', moment, nullable=True),
    sa.Column('applied_by', sa.Uuid(), nullable=True),
    sa.Column('last_response', sa.Uuid(), nullable=True),
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
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('comment_id', sa.Uuid(), nullable=False),
    sa.Column('about', sa.String(length=10), nullable=False),
    sa.Column('value', sa.String(length=12), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=True),
    sa.Column('made_at', moment, nullable=False),
    sa.Column('batch_id', sa.Uuid(), nullable=True),
    sa.Column('suggested', document, nullable=False),
    sa.Column('was_right', sa.Boolean(), nullable=False),
    sa.Column('by_chance', sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column('confidence', sa.Float(), nullable=True),
    sa.Column('taxonomy', sa.Integer(), nullable=True),
    sa.Column('reader', sa.String(length=30), nullable=True),
    sa.Column('model', sa.Integer(), nullable=True),
    sa.Column('undone_at', moment, nullable=True),
    sa.Column('undone_by', sa.Uuid(), nullable=True),
    sa.CheckConstraint("about IN ('reason', 'sentiment')", name=op.f('ck_correction_about')),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_correction_comment_id_comment'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['made_by'], ['users.id'], name=op.f('fk_correction_made_by_users')),
    sa.ForeignKeyConstraint(['undone_by'], ['users.id'], name=op.f('fk_correction_undone_by_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction'))
    )
    op.create_index('ix_correction_batch', 'correction', ['batch_id'])
    op.create_index('ix_correction_comment', 'correction', ['comment_id', 'about'])
    op.create_index('ix_correction_about', 'correction', ['about', 'value'])


def downgrade() -> None:
    op.drop_table('correction')
    op.drop_table('reader_version')
    op.drop_table('reason_model')
    op.drop_table('taxonomy_version')
    op.execute("UPDATE comment SET sentiment = 'none' WHERE sentiment IN ('neutral', 'unsure')")
    op.drop_index('ix_comment_text_hash', 'comment')
    for table, columns in COLUMNS.items():
        for name in columns:
            op.drop_column(table, name)  # its constraint goes with it
    _allow(AFTER, BEFORE)

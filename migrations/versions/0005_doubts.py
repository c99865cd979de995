"""Doubts: doubted answers are found quickly, as are comments of equal words; the team can vouch for an answer."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    op.add_column('response', sa.Column('is_vouched', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index('ix_response_doubted', 'response', ['survey_id', 'id'],
                    sqlite_where=sa.text("doubts <> '[]'"), postgresql_where=sa.text("doubts <> '[]'"))
    op.add_column('comment', sa.Column('fingerprint', sa.BigInteger(), nullable=True))
    op.create_index('ix_comment_fingerprint', 'comment', ['survey_id', 'fingerprint', 'response_id'],
                    sqlite_where=sa.text('fingerprint IS NOT NULL'), postgresql_where=sa.text('fingerprint IS NOT NULL'))


def downgrade() -> None:
    op.drop_index('ix_comment_fingerprint', 'comment')
    op.drop_column('comment', 'fingerprint')
    op.drop_index('ix_response_doubted', 'response')
    op.drop_column('response', 'is_vouched')

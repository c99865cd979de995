"""Notices for staff and how they want to hear of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import survey.foundation.db

revision = '0017'
down_revision = '0016'

HOW = "how IN ('at_once', 'daily', 'weekly', 'never')"
UNREAD = sa.text("read_at IS NULL")
TO_MAIL = sa.text("read_at IS NULL AND mailed_at IS NULL AND how <> 'never'")


def upgrade() -> None:
    document = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')
    moment, id = survey.foundation.db.Moment(timezone=True), survey.foundation.db.Id()
    op.create_table('notice',
    sa.Column('id', id, nullable=False),
    sa.Column('user_id', id, nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('once', sa.String(length=120), nullable=False),
    sa.Column('path', sa.String(length=300), nullable=False),
    sa.Column('said', document, nullable=False),
    sa.Column('many', sa.Integer(), nullable=False),
    sa.Column('how', sa.String(length=10), nullable=False),
    sa.Column('at', moment, nullable=False),
    sa.Column('since', moment, nullable=False),
    sa.Column('read_at', moment, nullable=True),
    sa.Column('mailed_at', moment, nullable=True),
    sa.Column('bundle_id', id, nullable=True),
    sa.CheckConstraint(HOW, name=op.f('ck_notice_how')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_notice_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('user_id', 'once', name='uq_notice_once')
    )
    op.create_index('ix_notice_newest', 'notice', ['user_id', 'at', 'id'])
    op.create_index('ix_notice_unread', 'notice', ['user_id'], sqlite_where=UNREAD, postgresql_where=UNREAD)
    op.create_index('ix_notice_to_mail', 'notice', ['how', 'user_id', 'since'], sqlite_where=TO_MAIL, postgresql_where=TO_MAIL)
    op.create_index('ix_notice_at', 'notice', ['at'])
    op.create_table('notice_choice',
    sa.Column('user_id', id, nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('how', sa.String(length=10), nullable=False),
    sa.CheckConstraint(HOW, name=op.f('ck_notice_choice_how')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_notice_choice_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'kind', name=op.f('pk_notice_choice'))
    )


def downgrade() -> None:
    op.drop_table('notice_choice')
    op.drop_table('notice')

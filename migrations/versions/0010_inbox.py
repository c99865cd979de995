"""Notes, pins, assignments and read marks of comments."""

import sqlalchemy as sa
from alembic import op

from survey.foundation.db import Id, Moment

revision = '0010'
down_revision = '0009'


def upgrade() -> None:
    moment = Moment(timezone=True)
    op.create_table('comment_handling',
    sa.Column('comment_id', Id(), nullable=False),
    sa.Column('pinned_at', moment, nullable=True),
    sa.Column('pinned_by', Id(), nullable=True),
    sa.Column('assigned_to', Id(), nullable=True),
    sa.Column('answered_at', moment, nullable=True),
    sa.Column('answered_by', Id(), nullable=True),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_comment_handling_comment_id_comment'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['pinned_by'], ['users.id'], name=op.f('fk_comment_handling_pinned_by_users')),
    sa.ForeignKeyConstraint(['assigned_to'], ['users.id'], name=op.f('fk_comment_handling_assigned_to_users')),
    sa.ForeignKeyConstraint(['answered_by'], ['users.id'], name=op.f('fk_comment_handling_answered_by_users')),
    sa.PrimaryKeyConstraint('comment_id', name=op.f('pk_comment_handling'))
    )
    for column in ('assigned_to', 'pinned_at'):
        is_set = sa.text(f'{column} IS NOT NULL')
        op.create_index(f'ix_comment_handling_{column}', 'comment_handling', [column], sqlite_where=is_set, postgresql_where=is_set)
    op.create_table('comment_note',
    sa.Column('id', Id(), nullable=False),
    sa.Column('comment_id', Id(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('written_by', Id(), nullable=True),
    sa.Column('written_at', moment, nullable=False),
    sa.Column('taken_back_at', moment, nullable=True),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_comment_note_comment_id_comment'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['written_by'], ['users.id'], name=op.f('fk_comment_note_written_by_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comment_note'))
    )
    op.create_index('ix_comment_note_comment_id', 'comment_note', ['comment_id'])
    op.create_table('comment_read',
    sa.Column('comment_id', Id(), nullable=False),
    sa.Column('user_id', Id(), nullable=False),
    sa.Column('at', moment, nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_comment_read_comment_id_comment'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_comment_read_user_id_users')),
    sa.PrimaryKeyConstraint('comment_id', 'user_id', name=op.f('pk_comment_read'))
    )
    op.create_index('ix_comment_read_user_id', 'comment_read', ['user_id', 'at'])


def downgrade() -> None:
    for table in ('comment_read', 'comment_note', 'comment_handling'):
        op.drop_table(table)

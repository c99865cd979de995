"""Files that are read in from the browser."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import survey.foundation.db

revision = '0013'
down_revision = '0012'


def upgrade() -> None:
    document = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')
    moment, id = survey.foundation.db.Moment(timezone=True), survey.foundation.db.Id()
    op.create_table('import_file',
    sa.Column('id', id, nullable=False),
    sa.Column('room', sa.String(length=20), nullable=False),
    sa.Column('subject', id, nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('form', sa.String(length=10), nullable=False),
    sa.Column('encoding', sa.String(length=20), nullable=False),
    sa.Column('sheets', document, nullable=False),
    sa.Column('columns', document, nullable=False),
    sa.Column('samples', document, nullable=False),
    sa.Column('shape', sa.String(length=64), nullable=False),
    sa.Column('choices', document, nullable=False),
    sa.Column('found', document, nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('counts', document, nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('made_by', id, nullable=False),
    sa.Column('made_at', moment, nullable=False),
    sa.Column('ended_at', moment, nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'checking', 'checked', 'reading', 'done', 'stopped')", name=op.f('ck_import_file_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_file'))
    )
    op.create_index('ix_import_file_room', 'import_file', ['room', 'subject', 'id'])
    op.create_table('import_content',
    sa.Column('import_id', id, nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['import_id'], ['import_file.id'], name=op.f('fk_import_content_import_id_import_file'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('import_id', name=op.f('pk_import_content'))
    )
    op.create_table('import_reject',
    sa.Column('import_id', id, nullable=False),
    sa.Column('line', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('cells', document, nullable=False),
    sa.ForeignKeyConstraint(['import_id'], ['import_file.id'], name=op.f('fk_import_reject_import_id_import_file'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('import_id', 'line', name=op.f('pk_import_reject'))
    )


def downgrade() -> None:
    op.drop_table('import_reject')
    op.drop_table('import_content')
    op.drop_table('import_file')

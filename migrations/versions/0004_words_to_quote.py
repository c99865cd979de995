"""Words to quote: somebody may agree that we quote what they wrote.

SQLite has to make the table anew to change what a constraint allows; no other table points to this one.
"""

import sqlalchemy as sa
from alembic import op

import survey.foundation.db

revision = '0004'
down_revision = '0003'

BEFORE = "purpose IN ('reply', 'updates')"
AFTER = "purpose IN ('reply', 'updates', 'quote')"


def upgrade() -> None:
    _allow(AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM consent WHERE purpose = 'quote'")
    _allow(BEFORE)


def _allow(purposes: str) -> None:
    if op.get_bind().dialect.name != 'sqlite':
        op.drop_constraint(op.f('ck_consent_purpose'), 'consent', type_='check')
        op.create_check_constraint(op.f('ck_consent_purpose'), 'consent', purposes)
        return
    op.create_table('consent_new',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('given_at', survey.foundation.db.Moment(timezone=True), nullable=False),
    sa.Column('withdrawn_at', survey.foundation.db.Moment(timezone=True), nullable=True),
    sa.CheckConstraint(purposes, name=op.f('ck_consent_purpose')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_consent_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent'))
    )
    op.execute('INSERT INTO consent_new (id, person_id, purpose, words, given_at, withdrawn_at)'
               ' SELECT id, person_id, purpose, words, given_at, withdrawn_at FROM consent')
    op.drop_table('consent')
    op.rename_table('consent_new', 'consent')
    op.create_index('ix_consent_person_purpose', 'consent', ['person_id', 'purpose'])

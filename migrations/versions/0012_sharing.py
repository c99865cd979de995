"""What of a survey's results customers may see, and links to it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from survey.foundation.db import Id, Moment

revision = '0012'
down_revision = '0011'


def upgrade() -> None:
    document = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')
    op.create_table('sharing',
    sa.Column('survey_id', Id(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('minimum', sa.Integer(), nullable=False),
    sa.Column('has_headline', sa.Boolean(), nullable=False),
    sa.Column('questions', document, nullable=True),
    sa.Column('texts', document, nullable=False),
    sa.Column('released', document, nullable=False),
    sa.Column('released_on', sa.Date(), nullable=True),
    sa.CheckConstraint('step > 1 AND minimum >= 0', name=op.f('ck_sharing_groups')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_sharing_survey_id_survey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('survey_id', name=op.f('pk_sharing'))
    )
    op.create_table('share_link',
    sa.Column('id', Id(), nullable=False),
    sa.Column('survey_id', Id(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', Moment(timezone=True), nullable=False),
    sa.Column('expires_at', Moment(timezone=True), nullable=False),
    sa.Column('revoked_at', Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_share_link_survey_id_survey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_share_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_share_link_token_hash'))
    )
    op.create_index(op.f('ix_share_link_survey_id'), 'share_link', ['survey_id'])


def downgrade() -> None:
    op.drop_table('share_link')
    op.drop_table('sharing')

"""Promises: what nobody may know is kept out by the database.

Participation in an anonymous survey has neither day nor receipt; triggers refuse rows that would break a survey's promise.
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'

PARTICIPATION = (
    "CREATE TABLE participation_new ("
    "invitation_id CHAR(32) NOT NULL, form_id CHAR(32), used_on DATE, "
    "CONSTRAINT pk_participation PRIMARY KEY (invitation_id), "
    "CONSTRAINT uq_participation_form_id UNIQUE (form_id), "
    "CONSTRAINT fk_participation_invitation_id_invitation FOREIGN KEY(invitation_id) REFERENCES invitation (id) ON DELETE CASCADE, "
    "CONSTRAINT ck_participation_both_or_none CHECK ((form_id IS NULL) = (used_on IS NULL)))"
)

# name: table, when it fires, condition that breaks the promise
PROMISES = {
    'response_promise': ('response', 'INSERT', "NEW.is_anonymous <> (SELECT privacy = 'anonymous' FROM survey WHERE id = NEW.survey_id)"),
    'response_promise_kept': ('response', 'UPDATE', "NEW.is_anonymous <> OLD.is_anonymous OR NEW.survey_id <> OLD.survey_id"),
    'draft_promise': ('response_draft', 'INSERT', "NEW.is_anonymous <> (SELECT privacy = 'anonymous' FROM survey WHERE id = NEW.survey_id)"),
    'participation_promise': ('participation', 'INSERT', "NEW.form_id IS NOT NULL AND (SELECT survey.privacy = 'anonymous' FROM invitation"
                              " JOIN survey ON survey.id = invitation.survey_id WHERE invitation.id = NEW.invitation_id)"),
    'participation_promise_kept': ('participation', 'UPDATE', "NEW.form_id IS NOT NULL AND OLD.form_id IS NULL"),
    'survey_promise': ('survey', 'UPDATE', "NEW.privacy <> OLD.privacy AND EXISTS (SELECT 1 FROM response WHERE survey_id = NEW.id)"),
}


def upgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        _rebuild_participation()
    else:
        op.alter_column('participation', 'used_on', nullable=True)
        op.create_check_constraint('both_or_none', 'participation', '(form_id IS NULL) = (used_on IS NULL)')
    op.create_index('ix_response_set_aside', 'response', ['survey_id', 'id'],
                    sqlite_where=sa.text('set_aside IS NOT NULL'), postgresql_where=sa.text('set_aside IS NOT NULL'))
    for name, (table, when, broken) in PROMISES.items():
        _watch(name, table, when, broken)


def _rebuild_participation() -> None:
    op.execute(PARTICIPATION)
    op.execute('INSERT INTO participation_new SELECT invitation_id, form_id, used_on FROM participation WHERE form_id IS NOT NULL')
    op.execute('INSERT INTO participation_new SELECT invitation_id, NULL, NULL FROM participation WHERE form_id IS NULL')
    op.execute('DROP TABLE participation')
    op.execute('ALTER TABLE participation_new RENAME TO participation')


def _watch(name: str, table: str, when: str, broken: str) -> None:
    words = "this would break the promise of the survey"
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} ON {table} WHEN {broken} BEGIN SELECT RAISE(ABORT, '{words}'); END")
        return
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {broken} THEN"
               f" RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$")
    op.execute(f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    for name, (table, _when, _broken) in PROMISES.items():
        op.execute(f'DROP TRIGGER {name}' if is_sqlite else f'DROP TRIGGER {name} ON {table}')
        if not is_sqlite:
            op.execute(f'DROP FUNCTION {name}()')
    op.drop_index('ix_response_set_aside', 'response')
    # Where nobody may know on which day a link was used, none can be given back: those rows go.
    op.execute('DELETE FROM participation WHERE used_on IS NULL')
    if is_sqlite:
        op.execute(PARTICIPATION.replace('used_on DATE', 'used_on DATE NOT NULL').replace(
            ', CONSTRAINT ck_participation_both_or_none CHECK ((form_id IS NULL) = (used_on IS NULL)))', ')'))
        op.execute('INSERT INTO participation_new SELECT invitation_id, form_id, used_on FROM participation')
        op.execute('DROP TABLE participation')
        op.execute('ALTER TABLE participation_new RENAME TO participation')
    else:
        op.drop_constraint(op.f('ck_participation_both_or_none'), 'participation', type_='check')
        op.alter_column('participation', 'used_on', nullable=False)

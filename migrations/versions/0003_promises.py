"""Promises: what nobody may know is kept out by the database.

Participation in an anonymous survey has neither day nor receipt. An anonymous answer holds nothing that is known of a person
too, one that was taken back holds nothing at all, and triggers refuse rows that would break a survey's promise: they look at
other tables, which constraints cannot. A later migration that makes one of these tables anew on SQLite has to make its
triggers anew as well; a test of the house finds those that are missing.
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

ALIKE = ("NOT is_anonymous OR (CAST(segments AS TEXT) = '{}' AND language = 'und' AND channel IN ('link', 'import', 'test')"
         " AND (voice = 'unverified' OR channel = 'import') AND (set_aside IS NULL OR set_aside = 'test'))")
WITHDRAWN = ("set_aside IS NULL OR set_aside <> 'withdrawn' OR (CAST(answers AS TEXT) = '{}' AND CAST(segments AS TEXT) = '{}'"
             " AND person_id IS NULL AND submitted_at IS NULL AND score IS NULL AND sentiment IS NULL)")
DRAFTS_ALIKE = "NOT is_anonymous OR (language = 'und' AND channel IN ('link', 'test'))"

IS_ANONYMOUS = "SELECT privacy = 'anonymous' FROM survey WHERE id = NEW.survey_id"
IS_OF_ANONYMOUS = ("SELECT survey.privacy = 'anonymous' FROM invitation JOIN survey ON survey.id = invitation.survey_id"
                   " WHERE invitation.id = NEW.invitation_id")
POINTS_TO_ANONYMOUS = "EXISTS (SELECT 1 FROM response WHERE id = NEW.response_id AND is_anonymous)"
# name: table, when it fires, condition that breaks the promise
PROMISES = {
    'response_promise': ('response', 'INSERT', f"NEW.is_anonymous <> ({IS_ANONYMOUS})"),
    'response_promise_kept': ('response', 'UPDATE', "NEW.is_anonymous <> OLD.is_anonymous OR NEW.survey_id <> OLD.survey_id"),
    'draft_promise': ('response_draft', 'INSERT', f"NEW.is_anonymous <> ({IS_ANONYMOUS})"),
    'draft_promise_kept': ('response_draft', 'UPDATE', "NEW.is_anonymous <> OLD.is_anonymous OR NEW.survey_id <> OLD.survey_id"),
    'participation_promise': ('participation', 'INSERT', f"NEW.form_id IS NOT NULL AND ({IS_OF_ANONYMOUS})"),
    'participation_promise_kept': ('participation', 'UPDATE', "NEW.form_id IS NOT NULL AND OLD.form_id IS NULL"),
    'invitation_promise_kept': ('invitation', 'UPDATE', "NEW.survey_id <> OLD.survey_id"),
    'comment_promise': ('comment', 'INSERT', f"NEW.read_at IS NOT NULL AND {POINTS_TO_ANONYMOUS}"),
    'comment_promise_kept': ('comment', 'UPDATE', f"NEW.read_at IS NOT NULL AND {POINTS_TO_ANONYMOUS}"),
    'departure_promise': ('departure', 'INSERT', f"NEW.response_id IS NOT NULL AND {POINTS_TO_ANONYMOUS}"),
    'departure_promise_kept': ('departure', 'UPDATE', f"NEW.response_id IS NOT NULL AND {POINTS_TO_ANONYMOUS}"),
    'survey_promise': ('survey', 'UPDATE', "NEW.privacy <> OLD.privacy AND (EXISTS (SELECT 1 FROM response WHERE survey_id = NEW.id)"
                       " OR EXISTS (SELECT 1 FROM response_draft WHERE survey_id = NEW.id))"),
}


def upgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        _rebuild_participation()
    else:
        op.alter_column('participation', 'used_on', nullable=True)
        op.create_check_constraint(op.f('ck_participation_both_or_none'), 'participation', '(form_id IS NULL) = (used_on IS NULL)')
    _blur_what_is_there()
    _add_flag('response', f"CONSTRAINT ck_response_anonymous_alike CHECK ({ALIKE}) CONSTRAINT ck_response_withdrawn CHECK ({WITHDRAWN})")
    _add_flag('response_draft', f"CONSTRAINT ck_response_draft_anonymous_alike CHECK ({DRAFTS_ALIKE})")
    _index_where('ix_response_set_aside', 'response', ['survey_id', 'id'], 'set_aside IS NOT NULL')
    _index_where('ix_response_unmixed', 'response', ['survey_id', 'submitted_on'], 'is_anonymous AND NOT is_mixed')
    _index_where('ix_response_draft_unmixed', 'response_draft', ['survey_id', 'changed_on'], 'is_anonymous AND NOT is_mixed')
    for name, (table, when, broken) in PROMISES.items():
        _watch(name, table, when, broken)


def _blur_what_is_there() -> None:
    """Take from anonymous rows what may not stand in them any more."""
    op.execute("UPDATE response SET segments = '{}', language = 'und',"
               " voice = CASE WHEN channel = 'import' THEN voice ELSE 'unverified' END,"
               " channel = CASE WHEN channel = 'import' THEN channel ELSE 'link' END WHERE is_anonymous")
    anonymous = "response_id IN (SELECT id FROM response WHERE is_anonymous)"
    op.execute(f"UPDATE comment SET language = 'und', read_at = NULL WHERE {anonymous}")
    op.execute("UPDATE comment SET voice = (SELECT voice FROM response WHERE response.id = comment.response_id)"
               f" WHERE {anonymous}")
    op.execute("UPDATE response_draft SET language = 'und', channel = 'link' WHERE is_anonymous")


def _add_flag(table: str, constraints: str) -> None:
    """Constraints come with a column: SQLite can add none to a table alone."""
    no = '0' if op.get_bind().dialect.name == 'sqlite' else 'false'
    op.execute(f"ALTER TABLE {table} ADD COLUMN is_mixed BOOLEAN DEFAULT {no} NOT NULL {constraints}")


def _index_where(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


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
    for name, table in (('ix_response_set_aside', 'response'), ('ix_response_unmixed', 'response'),
                        ('ix_response_draft_unmixed', 'response_draft')):
        op.drop_index(name, table)
    for table in ('response', 'response_draft'):
        _drop_flag(table)
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


def _drop_flag(table: str) -> None:
    """SQLite drops a column together with the constraints that came with it."""
    op.drop_column(table, 'is_mixed')
    if op.get_bind().dialect.name != 'sqlite':
        for name in {'response': ('anonymous_alike', 'withdrawn'), 'response_draft': ('anonymous_alike',)}[table]:
            op.execute(f'ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{name}')

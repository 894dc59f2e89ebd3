"""The database at one moment: one transaction that reads only, and faults in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import ibis
import ibis.backends.postgres as ibis_postgres
import psycopg
from ibis.common.exceptions import IbisError, TableNotFound
from psycopg.errors import InsufficientPrivilege

from briefings.errors import InputError
from briefings.sources import DatabaseTable

# What stands in a message is our own: that of a driver may quote what the environment holds.
TRY = "`psql -c 'select 1'` in the same environment says more; see docs/operations.md."


@contextmanager
def one_moment() -> Iterator[ibis_postgres.Backend]:
    """The database that libpq finds in the environment, as it is now until the block ends.

    All reading is one transaction that reads only (repeatable read), so that a digest and the
    rows read later are of the same content. InputError where nobody answers or admits us.
    """
    with _connect() as connection:
        connection.read_only = True
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        database = ibis.postgres.from_connection(connection)  # sets the time zone to UTC
        # The text of a value must not depend on settings of the user.
        connection.execute("SET DateStyle = ISO")
        connection.commit()
        with connection.transaction():
            yield database


@contextmanager
def explained(table: DatabaseTable) -> Iterator[None]:
    """InputError in place of any fault of the database while a table is read."""
    try:
        yield
    except TableNotFound:
        raise InputError(
            f"{table.name}: the database has no such table or view.",
            "Correct the names in [tables] of the project file, or name the database that has it "
            "with PGDATABASE.",
        ) from None
    except InsufficientPrivilege:
        raise InputError(
            f"{table.name}: this user may not read it.",
            "Ask for the right to SELECT the columns that the profile maps, or a view of them, "
            "and to USE its schema.",
        ) from None
    except psycopg.Error as error:
        raise InputError(
            f"{table.name}: the database stopped reading it ({_kind(error)}).",
            f"Run the same command again. {TRY}",
        ) from None
    except IbisError as error:
        raise InputError(
            f"{table.name}: it can not be read as it is ({type(error).__name__}).",
            "Make a view of it with columns of plain types: text, numbers, dates, booleans.",
        ) from None


def _connect() -> psycopg.Connection:
    try:
        return psycopg.connect(client_encoding="utf8", fallback_application_name="briefings")
    except psycopg.OperationalError as error:
        raise _not_connected(error) from None
    except psycopg.Error as error:
        raise InputError(
            f"The settings for PostgreSQL in the environment are not valid ({_kind(error)}).",
            f"Correct PGHOST, PGPORT, PGSERVICE and the others. {TRY}",
        ) from None


def _not_connected(error: psycopg.OperationalError) -> InputError:
    asked = error.pgconn
    if asked is not None and asked.needs_password:
        return InputError(
            "PostgreSQL asks for a password, and the environment has none.",
            "Set PGPASSFILE or PGSERVICE, or PGPASSWORD; never write it into a file of ours.",
        )
    if asked is not None and asked.used_password:
        return InputError(
            "PostgreSQL refuses this user, password or database.",
            f"Correct PGUSER, PGDATABASE and the password. {TRY}",
        )
    return InputError(
        "PostgreSQL can not be reached, or does not admit this user to this database.",
        f"Set PGHOST, PGPORT, PGDATABASE and PGUSER, or PGSERVICE. {TRY}",
    )


def _kind(error: psycopg.Error) -> str:
    return error.sqlstate or type(error).__name__

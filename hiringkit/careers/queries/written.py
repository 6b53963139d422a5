"""One read ahead of every public page: what was written last."""

from sqlalchemy import select

from hiringkit.audit.models import AuditHead
from hiringkit.foundation.db import db

LAST = select(AuditHead.seq, AuditHead.hash).where(AuditHead.id == 1)


def unscoped_last_written() -> tuple[int, str]:
    """Return number and hash of the record's last event."""
    # Past the session, whose making and closing takes longer than the statement does.
    with db.engine.connect() as connection:
        found = connection.execute(LAST).one_or_none()
    return (found[0], found[1]) if found else (0, "")

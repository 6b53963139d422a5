"""One read ahead of every public page: what was written last, and whose site it is."""

from sqlalchemy import select, true

from hiringkit.audit.models import AuditHead
from hiringkit.foundation.db import db
from hiringkit.people.models import Organisation


def unscoped_last_written() -> tuple[int, str, Organisation | None]:
    """Return number and hash of the record's last event, and the organisation, which every page names."""
    wanted = select(AuditHead.seq, AuditHead.hash, Organisation).select_from(AuditHead)
    found = db.session.execute(wanted.outerjoin(Organisation, true()).where(AuditHead.id == 1)).one_or_none()
    return (found[0], found[1], found[2]) if found else (0, "", None)

"""A message that was read, in the names under which other programs get it."""

from typing import Any

from .message import Address, Attachment, Bounce, Disposition, ReadMessage, Security


def as_json(message: ReadMessage) -> dict[str, Any]:
    """What ``json.dumps`` takes. The bytes of attachments stay behind; their digest tells them."""
    return {
        "from": _address(message.author) if message.author else None,
        "reply_to": [_address(one) for one in message.reply_to],
        "to": [_address(one) for one in message.to],
        "cc": [_address(one) for one in message.cc],
        "delivered_to": list(message.delivered_to),
        "return_path": message.return_path,
        "subject": message.subject,
        "date": message.date.isoformat() if message.date else None,
        "message_id": message.message_id,
        "references": list(message.references),
        "language": message.language,
        "text": message.text,
        "quoted": message.quoted,
        "html": message.html,
        "remote_loads_removed": message.remote_loads_removed,
        "attachments": [_attachment(one) for one in message.attachments],
        "security": _security(message.security) if message.security else None,
        "automatic": str(message.automatic) if message.automatic else None,
        "bounce": _bounce(message.bounce) if message.bounce else None,
        "disposition": _disposition(message.disposition) if message.disposition else None,
        "defects": [str(defect) for defect in message.defects],
    }


def _address(one: Address) -> dict[str, str]:
    return {"name": one.name, "address": one.address}


def _attachment(one: Attachment) -> dict[str, Any]:
    return {
        "name": one.name,
        "type": one.media_type,
        "size": one.size,
        "sha256": one.sha256,
        "inline": one.is_inline,
        "content_id": one.content_id or None,
        "message": as_json(one.message) if one.message else None,
    }


def _security(security: Security) -> dict[str, str | None]:
    return {"signed": security.signed, "encrypted": security.encrypted}


def _bounce(bounce: Bounce) -> dict[str, Any]:
    return {
        "recipients": list(bounce.recipients),
        "action": bounce.action,
        "status": bounce.status,
        "reason": bounce.reason,
        "failed": bounce.is_failure,
        "message_id": bounce.message_id,
        "results": [
            {
                "recipient": one.recipient,
                "action": one.action,
                "status": one.status,
                "reason": one.reason,
            }
            for one in bounce.results
        ],
    }


def _disposition(disposition: Disposition) -> dict[str, str | None]:
    return {
        "recipient": disposition.recipient,
        "disposition": disposition.kind,
        "message_id": disposition.message_id,
    }

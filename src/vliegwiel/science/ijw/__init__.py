"""Messages of the iJw standard (berichten): bytes in, records without persons and findings out.

Read with :func:`read_files`, or message by message with :func:`read_messages`. Make messages with
:func:`write_message`.
"""

from .opening import Limits, NamedBytes, shown_name
from .pseudonyms import Pseudonyms
from .reading import Counts, MessageStream, Reading, read_files, read_messages
from .records import (
    AssignmentRequest,
    AssignmentVersion,
    ChangeRequest,
    DeclaredLine,
    Envelope,
    Finding,
    Person,
    Record,
    RefusedLine,
    RequestAnswer,
    ReturnNote,
    Severity,
    StartRecord,
    StopRecord,
)
from .releases import ReadMessage
from .rules import FINDING_MESSAGES, FORM_LABELS, RULES, Rule
from .values import passes_eleven_test
from .writing import (
    Content,
    MessageFormatError,
    message_header,
    return_header,
    write_message,
)

__all__ = [
    "FINDING_MESSAGES",
    "FORM_LABELS",
    "RULES",
    "AssignmentRequest",
    "AssignmentVersion",
    "ChangeRequest",
    "Content",
    "Counts",
    "DeclaredLine",
    "Envelope",
    "Finding",
    "Limits",
    "MessageFormatError",
    "MessageStream",
    "NamedBytes",
    "Person",
    "Pseudonyms",
    "ReadMessage",
    "Reading",
    "Record",
    "RefusedLine",
    "RequestAnswer",
    "ReturnNote",
    "Rule",
    "Severity",
    "StartRecord",
    "StopRecord",
    "message_header",
    "passes_eleven_test",
    "read_files",
    "read_messages",
    "return_header",
    "shown_name",
    "write_message",
]

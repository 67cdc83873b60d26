"""Files that somebody sends stay in memory: what stands in them must not come on a disk."""

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from vliegwiel.apps.intake.services import Source

#: All files of one delivery together; a year of a region, zipped, is about half of it.
MOST_BYTES = 100 * 1024 * 1024

View = Callable[..., HttpResponse]


class OnlyInMemory(FileUploadHandler):
    """Keeps files in memory up to a limit for all of them together; the rest is let go unread."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.too_large = False
        self._taken = 0
        self._file = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._taken += len(raw_data)
        if self._taken > MOST_BYTES:
            self.too_large = True
            self._file = BytesIO()
            raise SkipFile
        self._file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        if self.too_large:
            return None
        self._file.seek(0)
        return InMemoryUploadedFile(
            file=self._file,
            field_name=self.field_name,
            name=str(self.file_name),
            content_type=str(self.content_type),
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def keeps_files_in_memory(view: View) -> View:
    """For a view that takes such files, below the decorator that asks who may send them.

    The token against forgery is looked at here: looking at it reads the form, and after that nobody
    can say where its files go.
    """

    @wraps(view)
    def taken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        handler = OnlyInMemory(request)
        request.upload_handlers = [handler]
        request.care_upload = handler  # type: ignore[attr-defined]
        return csrf_protect(view)(request, *args, **kwargs)

    return csrf_exempt(taken)


def was_too_large(request: HttpRequest) -> bool:
    """Whether files of this request were let go because of their size."""
    handler = getattr(request, "care_upload", None)
    return isinstance(handler, OnlyInMemory) and handler.too_large


def sources(files: list[Any]) -> list[Source]:
    """What was sent, as files to deliver.

    The bytes are taken out: Django closes files at the end of the request, and they are read on in
    the background. No copy is made of a file that stands in memory whole.
    """
    return [Source.of_bytes(file.name, _content(file)) for file in files]


def _content(file: Any) -> bytes:
    file.seek(0)
    content: bytes = file.read()
    return content

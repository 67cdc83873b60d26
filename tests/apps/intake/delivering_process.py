"""A process that delivers a file in a child of its own for every line that it reads.

Children are real processes that can be killed; that the parent has loaded everything already saves
seconds for each. It prints the number of the child, and then how it ended.
"""

import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vliegwiel.web.settings")


def main(file: Path) -> None:
    django.setup()
    from vliegwiel.apps.intake.services import Source, deliver
    from vliegwiel.apps.regions.models import Region
    from vliegwiel.apps.regions.services import system_user

    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            deliver(
                region=Region.objects.get(code="JZ07"),
                files=[Source(file.name, file.stat().st_size, file.read_bytes)],
                by=system_user(),
            )
            os._exit(0)
        print(child, flush=True)
        _pid, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Every change to care systems, scenarios and runs."""

from .documents import load_care_system, load_example, load_scenario, make_scenario, save_scenario
from .fits import cancel_fit, keep_fit, requeue_lost_fits, start_fit, work_on_fit
from .knowing import record_effects, take_measured_sizes
from .runs import cancel_run, fail_run, requeue_lost_runs, retry, start_run, start_smallest_test
from .work import work_on_run

__all__ = [
    "cancel_fit",
    "cancel_run",
    "fail_run",
    "keep_fit",
    "load_care_system",
    "load_example",
    "load_scenario",
    "make_scenario",
    "record_effects",
    "requeue_lost_fits",
    "requeue_lost_runs",
    "retry",
    "save_scenario",
    "start_fit",
    "start_run",
    "start_smallest_test",
    "take_measured_sizes",
    "work_on_fit",
    "work_on_run",
]

"""Jobs: how many run, how they ended, and how long they waited and took."""

from shopwright.performance.metrics import SLOW, Label, counter, gauge, histogram

ENDS = ("published", "done", "failed", "cancelled", "handed back")

_KIND = Label("kind", most=20)

RUNNING = gauge("shopwright_jobs_running", "Jobs this process does", [_KIND])
ENDED = counter("shopwright_jobs_ended_total", "Attempts this process ended", [_KIND, Label("end", ENDS)])
SECONDS = histogram("shopwright_job_seconds", "How long an attempt took", [_KIND], SLOW)
WAITED = histogram("shopwright_job_wait_seconds", "How long work was due before a worker took it", bounds=SLOW)
LOST = counter("shopwright_jobs_lost_total", "Turns of workers that were not heard of any more: others go on")

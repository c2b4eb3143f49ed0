"""Jobs: how many wait and run, how they ended, and how long they waited and took."""

from shopwright.performance.metrics import SLOW, Label, counter, gauge, histogram

ENDS = ("published", "done", "failed", "cancelled", "handed back")

_KIND = Label("kind", most=20)

WAITING = gauge("shopwright_jobs_waiting", "Jobs that are due and that nobody has taken")
OLDEST = gauge("shopwright_jobs_oldest_seconds", "How long the job that waits longest has been due")
RUNNING = gauge("shopwright_jobs_running", "Jobs this process does", [_KIND])
ENDED = counter("shopwright_jobs_ended_total", "Attempts this process ended", [_KIND, Label("end", ENDS)])
SECONDS = histogram("shopwright_job_seconds", "How long an attempt took", [_KIND], SLOW)
LOST = counter("shopwright_jobs_lost_total", "Jobs whose worker was lost, so that another takes them", [_KIND])

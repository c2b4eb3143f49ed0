"""What the one-shot workers have in common: asked within this process, bounded, run as a process."""

import subprocess
import sys
from io import BytesIO

from shopwright.frames import read_frame, write_frame


def answer_to(work, message):
    """What ``work`` answers to one message."""
    requests, answers = BytesIO(), BytesIO()
    write_frame(requests, message)
    requests.seek(0)
    work(requests, answers)
    answers.seek(0)
    return read_frame(answers)


def answers_to_nothing(work):
    answers = BytesIO()
    work(BytesIO(), answers)
    return answers.getvalue()


def steps_of(module, monkeypatch):
    """What the worker's process does, in order: the bounds it sets, then its work."""
    done = []
    monkeypatch.setattr(module, "bound_process", lambda *bounds: done.append(bounds))
    monkeypatch.setattr(module, "work", lambda *_: done.append("work"))
    module.main()
    return done


def said_by(module):
    """What its process says when it is asked nothing."""
    command = [sys.executable, "-m", module.__name__]
    done = subprocess.run(command, input=b"", capture_output=True, check=True)
    return done.stdout + done.stderr

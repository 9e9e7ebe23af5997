"""Everything that happens by the clock (UTC), and nothing else does."""

from valedor.foundation import jobs

TIMETABLE: tuple[tuple[str, str, str], ...] = (
    # name, when, task
    ("look at the limits", "* * * * *", "valedor.handling.tasks.tick"),
    ("send forgotten letters", "*/5 * * * *", "valedor.channels.tasks.rescue_letters"),
    ("look at the mailboxes", "* * * * *", "valedor.channels.tasks.look_at_mailboxes"),
    ("read mail left over", "*/5 * * * *", "valedor.channels.tasks.read_mail_left_over"),
    ("judge mail later", "*/5 * * * *", "valedor.channels.tasks.judge_mail_later"),
    ("read SMS left over", "* * * * *", "valedor.channels.tasks.read_sms_left_over"),
    ("tell of what is held", "*/10 * * * *", "valedor.channels.tasks.tell_of_held"),
    ("remind of spam", "30 6 * * *", "valedor.channels.tasks.remind_of_spam"),
    ("end silent chats", "* * * * *", "valedor.channels.tasks.end_silent_chats"),
    ("settle calls", "* * * * *", "valedor.channels.tasks.settle_calls"),
    ("tell of late call-backs", "* * * * *", "valedor.channels.tasks.tell_late_call_backs"),
    ("forget parted stacks", "12 3 * * *", "valedor.channels.tasks.forget_stacks"),
    ("forget impressions", "43 3 * * *", "valedor.knowledge.tasks.forget_impressions"),
    ("forget public messages", "47 3 * * *", "valedor.channels.tasks.forget_public_messages"),
    ("forget callers", "37 3 * * *", "valedor.channels.tasks.forget_callers"),
    ("read forms left over", "* * * * *", "valedor.channels.tasks.read_left_over"),
    ("forget forms nobody finished", "17 * * * *", "valedor.channels.tasks.forget_held"),
    ("call out", "* * * * *", "valedor.incidents.tasks.call_out"),
    ("compare cases with incidents", "* * * * *", "valedor.incidents.tasks.propose_to_incidents"),
    ("go on answering", "*/5 * * * *", "valedor.incidents.tasks.go_on_answering"),
    ("bring back to the office", "7 * * * *", "valedor.review.tasks.back_to_the_office"),
    (
        "let out whose time is over",
        "11 * * * *",
        "valedor.participants.tasks.let_out_those_whose_time_is_over",
    ),
    ("let proposals lapse", "9 * * * *", "valedor.review.tasks.let_proposals_lapse"),
    ("give book numbers", "* * * * *", "valedor.intake.tasks.give_book_numbers"),
    ("chain the reads", "* * * * *", "valedor.casefile.tasks.chain_reads"),
    ("scan the documents", "* * * * *", "valedor.casefile.tasks.scan_documents"),
    ("fold the counters", "* * * * *", "valedor.casefile.tasks.fold_counts"),
    ("forget what was not sent", "*/10 * * * *", "valedor.people.tasks.forget_unsent"),
    ("forget old answers", "47 * * * *", "valedor.api.tasks.forget_answers"),
    ("take up announcements left over", "*/5 * * * *", "valedor.announcing.tasks.rescue"),
    ("forget old announcements", "27 4 * * *", "valedor.announcing.tasks.forget"),
    ("sign a head", "23 2 * * *", "valedor.casefile.tasks.sign_head"),
    ("put back what a dead worker did", "* * * * *", "valedor.foundation.jobs.retry_stalled"),
)


def keep() -> None:
    """Hand the timetable to the queue: once, when the program has started and knows every task.

    Raises ``LookupError`` for a task that no package defines.
    """
    for name, when, task in TIMETABLE:
        jobs.schedule(name, when, jobs.task_named(task))

//! How other systems lost mail, and that this one does not: a test for each loss, named after it, in the order in
//! which the loss would come: while mail is fetched, filed, answered, and while somebody waits.
//!
//! | The loss | The test |
//! | --- | --- |
//! | “unread” was the cursor, and someone read the mailbox | [`fetching::unread_was_the_cursor_and_someone_read_the_mailbox`] |
//! | a date window or a batch limit skipped a backlog | [`fetching::a_date_window_or_a_batch_limit_skipped_a_backlog`] |
//! | a header was missing or malformed and the message was dropped | [`filing::a_header_was_missing_or_malformed_and_the_message_was_dropped`] |
//! | a parse failure left a file only an administrator saw | [`filing::a_parse_failure_left_a_file_only_an_administrator_saw`] |
//! | contact made, ticket not | [`filing::contact_made_ticket_not`] |
//! | one poison message stopped the rest | [`filing::one_poison_message_stopped_the_rest`] |
//! | message moved or deleted before the ticket existed | [`fetching::a_message_was_moved_or_deleted_before_the_ticket_existed`] |
//! | the fetcher died in silence | [`fetching::the_fetcher_died_in_silence`] |
//! | a deleted ticket came back | [`filing::a_deleted_ticket_came_back`] |
//! | appended to the wrong thread | [`filing::a_message_was_appended_to_the_wrong_thread`] |
//! | a queued reply went to a changed address | [`sending::a_queued_reply_went_to_a_changed_address`] |
//! | “sent”, but never sent | [`sending::sent_but_never_sent`] |
//! | two systems answered each other for ever | [`sending::two_systems_answered_each_other_for_ever`] |
//! | a subject “Delivery status…” from a parent was taken for a bounce | [`filing::a_subject_delivery_status_from_a_parent_was_taken_for_a_bounce`] |
//! | an officer on leave held the ticket | [`waiting::an_officer_on_leave_held_the_ticket`] |
//! | “waiting for the parent” froze the clock for ever | [`waiting::waiting_for_the_parent_froze_the_clock_for_ever`] |
//! | the same Message-ID with other content | [`filing::the_same_message_id_with_other_content`] |
//! | one unparsable ENVELOPE killed the whole IMAP stream | [`fetching::one_unparsable_envelope_killed_the_whole_imap_stream`] |
//!
//! What the other files test of these in more depth stays there. `mailboxes/` has the same about a real mail server.

mod fetching;
mod filing;
mod sending;
mod waiting;

pub(crate) use filing::poison_by_its_words;

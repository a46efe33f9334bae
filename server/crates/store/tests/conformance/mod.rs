//! What the store promises on every database: each test takes one that is empty and not migrated.
//!
//! The list in [`conformance!`] is the suite; a new database is one more file that names how it is opened.
//! `world.rs` has what the tests are made of.

pub(crate) mod audit;
pub(crate) mod daily_audits;
pub(crate) mod database;
pub(crate) mod deliveries;
pub(crate) mod desk;
pub(crate) mod enquiries;
pub(crate) mod erasure;
pub(crate) mod escalations;
pub(crate) mod feed;
pub(crate) mod intake;
pub(crate) mod letters;
pub(crate) mod listings;
pub(crate) mod mailboxes;
pub(crate) mod people;
pub(crate) mod proof;
pub(crate) mod queue;
pub(crate) mod searches;
pub(crate) mod settings;
pub(crate) mod signing_in;
pub(crate) mod work;
pub(crate) mod world;

/// Makes a test of each sentence, on the database that `$open` gives together with what keeps it alive.
macro_rules! conformance {
    ($backend:ident, $open:path) => {
        $crate::conformance::conformance!(@ $backend, $open,
            database::migrating_twice_is_fine,
            database::a_database_of_a_newer_version_is_refused,
            database::a_database_without_tables_does_not_pass_the_check,
            database::a_transaction_rolled_back_or_dropped_leaves_nothing,
            database::writers_at_once_all_succeed,
            database::work_that_a_transaction_follows_holds_up_nobody,
            people::settings_are_added_renamed_and_never_deleted,
            people::an_account_is_found_by_its_address_in_any_letter_case,
            people::two_accounts_cannot_have_one_address,
            people::a_session_lasts_until_it_ends_or_its_account_is_shut,
            signing_in::an_account_is_changed_and_opened_again,
            signing_in::the_administrators_who_can_sign_in_are_held,
            signing_in::sessions_are_listed_and_ended_one_by_one_or_all,
            signing_in::half_a_sign_in_ends_after_its_time_or_too_many_tries,
            signing_in::a_code_of_the_second_step_works_once,
            signing_in::a_recovery_code_works_once,
            signing_in::an_invitation_is_used_once_or_taken_back,
            signing_in::what_an_officer_has_is_listed_until_it_is_closed,
            people::a_draft_is_replaced_found_and_forgotten,
            people::a_reply_that_is_not_finished_is_kept_for_its_officer,
            people::a_correspondent_reads_back_as_written,
            settings::each_save_is_a_version_and_the_newest_counts,
            settings::two_that_save_at_once_do_not_overwrite_each_other,
            enquiries::an_enquiry_reads_back_in_each_of_its_states,
            enquiries::a_stale_revision_is_a_conflict,
            enquiries::a_held_enquiry_is_as_it_was,
            enquiries::a_promised_enquiry_without_a_promise_is_refused,
            enquiries::a_draft_sent_twice_makes_one_enquiry,
            enquiries::a_reference_is_given_once,
            enquiries::only_one_promise_can_run,
            enquiries::a_new_promise_is_the_one_that_is_read,
            enquiries::what_was_told_about_the_child_reads_back,
            enquiries::the_acknowledgement_is_noted,
            enquiries::those_to_close_and_pauses_over_are_found_on_their_day,
            queue::the_most_urgent_comes_first_and_pages_join_without_a_gap,
            queue::a_team_and_an_officer_see_their_own,
            queue::a_row_tells_who_asks_and_whether_a_reply_is_on_its_way,
            queue::a_paused_enquiry_stands_where_its_pause_ends,
            queue::counts_tell_overdue_from_today_and_later,
            queue::a_filter_leaves_out_what_is_of_another_topic_or_place,
            queue::every_filter_is_answered_from_an_index_of_open_enquiries,
            intake::a_mail_reads_back_with_its_bytes,
            intake::one_content_is_kept_once,
            intake::a_mail_is_found_where_it_was_seen,
            intake::it_is_filed_once,
            intake::the_quarantine_is_listed_until_a_person_settles_it,
            intake::of_an_erased_mail_only_the_mark_stays,
            intake::a_mailed_message_reads_back_with_what_came_with_it,
            intake::the_queue_tells_what_a_mail_was_called_until_it_is_sorted,
            intake::messages_move_to_another_enquiry,
            intake::relatives_are_seen_from_either_side,
            intake::a_mail_of_ours_is_found_by_its_message_id,
            intake::what_came_until_then_and_no_machine_wrote_is_counted,
            intake::those_that_were_told_nothing_are_listed_with_why,
            intake::the_pages_of_those_that_were_told_nothing_join,
            desk::a_correspondent_is_found_by_address_number_and_any_word_of_the_name,
            desk::enquiries_are_found_by_who_asked_the_newest_first,
            desk::a_promised_call_is_marked_until_the_promise_ends,
            desk::whom_one_of_us_is_to_remind_is_marked_until_somebody_did_or_the_pause_ends,
            desk::an_officer_is_told_whom_to_remind_of_what_they_have_and_of_what_nobody_in_their_team_has,
            desk::what_nobody_has_sorted_stands_apart_until_somebody_has,
            desk::the_queue_tells_what_somebody_needs_from_us,
            desk::what_the_lists_ask_is_answered_from_an_index,
            desk::what_is_settled_is_read_the_latest_first_and_pages_join,
            desk::what_is_settled_is_narrowed_to_a_topic_and_a_place,
            escalations::a_promise_is_found_when_its_next_step_is_due,
            escalations::a_step_left_behind_is_taken_away,
            escalations::what_an_older_program_promised_is_found_to_be_planned,
            escalations::a_step_of_the_same_days_is_done_once,
            escalations::everybody_is_written_to_once_and_sees_it_until_it_is_over,
            escalations::whoever_gets_an_enquiry_is_written_to_once_unless_it_went_on,
            escalations::a_notice_is_sent_once_or_given_up,
            escalations::a_chased_enquiry_comes_first_on_its_day_and_not_before,
            escalations::a_pause_is_found_when_somebody_is_to_be_reminded_and_once,
            escalations::whoever_is_to_remind_somebody_is_told_until_when_we_wait,
            escalations::what_the_sweep_asks_is_answered_from_an_index,
            letters::messages_read_back_in_order_with_their_authors,
            letters::a_mail_is_sent_once,
            letters::a_mail_tried_in_vain_waits_until_it_is_given_up,
            letters::a_message_id_is_given_once,
            deliveries::automatic_mail_is_counted_by_mailbox_and_by_a_row_of_strangers,
            intake::a_thread_is_what_the_recipient_and_we_wrote,
            deliveries::automatic_mail_is_counted_by_address_in_any_letter_case_and_by_enquiry,
            deliveries::what_reached_nobody_is_listed_until_a_person_clears_it,
            deliveries::a_report_moves_a_mail_only_onwards,
            deliveries::a_mail_is_taken_back_only_before_it_was_tried,
            deliveries::what_became_of_mails_is_told_a_page_at_a_time,
            erasure::an_erased_enquiry_keeps_its_rows_and_says_nothing_of_people,
            deliveries::each_attempt_reads_back_with_the_server_s_answer,
            deliveries::a_report_is_kept_once_and_one_that_fits_nothing_too,
            deliveries::the_day_before_a_holding_reply_reads_back,
            deliveries::a_promise_whose_answer_came_back_is_not_kept,
            letters::a_link_reads_back,
            letters::the_audit_reads_back_in_order,
            audit::the_record_is_only_added_to,
            audit::deeds_are_sealed_once_in_a_chain,
            audit::a_changed_deed_no_longer_has_its_seal,
            audit::a_deed_that_waits_too_long_or_lost_its_seal_is_counted,
            audit::two_that_seal_at_once_make_one_chain,
            daily_audits::one_process_does_it_and_another_where_that_one_died,
            daily_audits::what_it_came_to_reads_back_the_latest_first,
            proof::nothing_breaks_an_invariant,
            proof::an_enquiry_of_which_nothing_is_recorded_is_found_by_its_reference,
            proof::a_mail_whose_words_were_changed_is_found,
            proof::a_snapshot_sees_nothing_of_what_is_committed_meanwhile,
            proof::a_database_tells_whether_it_is_up_to_date,
            work::jobs_are_leased_when_due_the_longest_due_first,
            work::one_job_is_leased_at_a_time_whatever_the_database_believes_of_the_table,
            work::a_job_is_leased_in_its_lane_alone,
            work::a_lease_that_ended_counts_as_waiting,
            work::a_lease_that_ended_is_left_alone_by_whoever_takes_the_next_job,
            work::a_job_from_before_the_clock_went_back_is_due,
            work::a_job_ends_done_retried_or_dead,
            work::a_worker_whose_lease_ended_has_no_say,
            work::workers_at_once_never_get_the_same_job,
            work::a_job_tells_when_it_is_due_until_it_is_done,
            work::of_a_worker_and_two_who_take_back_exactly_one_is_first,
            listings::a_listing_reads_back_as_written,
            listings::a_listing_saved_again_replaces_what_was_there,
            listings::a_service_keeps_its_slug,
            listings::a_saved_listing_is_known_by_its_content_whatever_its_slug,
            listings::a_slug_that_is_taken_gets_a_tail,
            listings::an_organization_that_is_not_there_is_left_out,
            listings::a_removed_listing_is_gone_and_its_terms_stay,
            listings::terms_are_listed_by_the_name_of_their_taxonomy,
            listings::all_services_are_walked_through_a_page_at_a_time,
            listings::addresses_tell_the_last_change_and_leave_out_what_has_ended,
            searches::the_same_search_adds_up_and_is_told_the_most_frequent_first,
            searches::what_was_searched_long_ago_is_forgotten,
            mailboxes::one_process_reads_a_mailbox_until_it_lets_go_or_dies,
            mailboxes::a_mailbox_that_the_settings_name_no_more_keeps_what_is_known_of_it,
            mailboxes::another_uid_validity_begins_the_folder_anew,
            mailboxes::what_became_of_messages_reads_back,
            mailboxes::a_message_that_cannot_be_had_is_due_again_later,
            mailboxes::a_person_sees_to_what_is_not_stored,
            mailboxes::how_a_mailbox_stands_reads_back,
            feed::the_feed_tells_what_changed_in_order,
            feed::a_follower_misses_nothing_while_others_append,
        );
    };
    (@ $backend:ident, $open:path, $($subject:ident :: $sentence:ident,)+) => {
        mod $backend {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $sentence() {
                let (database, _kept) = $open().await;
                $crate::conformance::$subject::$sentence(database.clone()).await;
                database.close().await;
            }
        )+}
    };
}

pub(crate) use conformance;

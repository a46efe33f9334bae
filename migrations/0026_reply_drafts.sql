-- Replies that officers have not finished: one for each officer and enquiry, kept until it is sent, emptied or forgotten.

CREATE TABLE reply_drafts (
    enquiry    UUID   NOT NULL REFERENCES enquiries (id),
    officer    UUID   NOT NULL REFERENCES accounts (id),
    body       TEXT   NOT NULL,
    saved_at   BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (enquiry, officer)
);
CREATE INDEX reply_drafts_to_forget ON reply_drafts (expires_at);

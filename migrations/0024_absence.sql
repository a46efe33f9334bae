-- An absence that begins on a later day. On that day it becomes away_until_on.

ALTER TABLE accounts ADD COLUMN next_away_from_on TEXT;
ALTER TABLE accounts ADD COLUMN next_away_until_on TEXT;
CREATE INDEX accounts_to_go_away ON accounts (next_away_from_on, id) WHERE next_away_from_on IS NOT NULL;

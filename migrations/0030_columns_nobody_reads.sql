-- Two times that were written and that nothing reads: how long half a sign-in lasts is told by when it ends, and of a
-- recovery code counts whether it was used. No released program writes them.
ALTER TABLE half_sign_ins DROP COLUMN created_at;
ALTER TABLE recovery_codes DROP COLUMN made_at;

-- The queue is read by topic and by district too, in its own order. A district that was not said is as good as a
-- district of its own.
CREATE INDEX enquiries_open_by_topic ON enquiries (topic, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX enquiries_open_by_district ON enquiries (COALESCE(district, ''), due_at, id) WHERE due_at IS NOT NULL;

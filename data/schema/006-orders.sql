-- The queue's orders by due day and by age do without the state: a claim, the
-- commonest act of all, leaves them alone.  The order by rank keeps it.
DROP INDEX case_by_due;
DROP INDEX case_by_age;
CREATE INDEX case_by_due ON case_file (unit, due_day) WHERE decided_day IS NULL;
CREATE INDEX case_by_age ON case_file (unit, opened_day) WHERE decided_day IS NULL;

-- Leads that a search found are sorted and counted, and those in the order of their names are told apart by stage, by their
-- keys alone: keys of one company lie side by side, its cards on as many pages as there are cards. It writes no index
-- more: whatever changes the stage writes the key as it is.
ALTER TABLE lead_card DROP CONSTRAINT lead_card_pkey,
  ADD PRIMARY KEY (company_id, lead_id) INCLUDE (stage, created_at);

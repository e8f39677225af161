-- Lists walk an index in the order that they show. As before, none of these holds what a report within a stage changes.

-- Newest and oldest first, of one stage or of several merged. It holds what statistics count, too: the cards of one company
-- lie scattered over the pages of all, and reading this index alone is ten times as fast.
CREATE INDEX lead_card_list ON lead_card (company_id, stage, created_at, lead_id)
  INCLUDE (source, category, assignee_id, amount, lost_reason, closed_at, first_contact_at, reached);
CREATE INDEX lead_card_amount ON lead_card (company_id, stage, amount, lead_id) WHERE amount IS NOT NULL;
-- Leads of one assignee: the board's columns with what they come to, and lists. Leads that nobody has cost nothing here.
CREATE INDEX lead_card_assignee_board ON lead_card (company_id, assignee_id, stage, stage_since DESC, lead_id DESC)
  INCLUDE (amount) WHERE assignee_id IS NOT NULL;
CREATE INDEX lead_card_assignee_list ON lead_card (company_id, assignee_id, stage, created_at, lead_id)
  WHERE assignee_id IS NOT NULL;
-- What is rare is found by itself and not by walking past everything else. Nearly all leads come through the two wire APIs.
CREATE INDEX lead_card_rare_source ON lead_card (company_id, source, lead_id)
  WHERE source NOT IN ('renovationfind', 'constructiononline');
CREATE INDEX lead_search_category ON lead_search (company_id, category, lead_id);

-- For the same reason: how long leads stood where is told by the key of the moves alone.
ALTER TABLE stage_move DROP CONSTRAINT stage_move_pkey,
  ADD PRIMARY KEY (company_id, at, lead_id, revision) INCLUDE (created_at, from_stage, seconds);

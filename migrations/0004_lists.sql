-- Lists walk an index in the order that they show. As before, none of these holds what a report within a stage changes.

-- Newest and oldest first, of one stage or of several merged.
CREATE INDEX lead_card_list ON lead_card (company_id, stage, created_at, lead_id);
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

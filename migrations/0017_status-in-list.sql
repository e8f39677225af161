-- Lists by status are walked and counted without a look at the cards themselves, too. A report that stays within its stage
-- writes this index for it; nearly every one moves the day on which the lead is due, and so wrote it before.
DROP INDEX lead_card_list;
CREATE INDEX lead_card_list ON lead_card (company_id, stage, created_at, lead_id)
  INCLUDE (status, source, source_label, category, assignee_id, amount, lost_reason, closed_at, first_contact_step, reached);

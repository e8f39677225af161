-- Reports by the office's own sources; and the time to the first contact as reports count it, in seconds: by the minute,
-- above two days by the hour, in the middle of each.
ALTER TABLE lead_card
  ADD COLUMN source_label text,
  ADD COLUMN first_contact_step integer GENERATED ALWAYS AS ((
    CASE WHEN date_part('epoch', first_contact_at - created_at) < 172800
      THEN floor(date_part('epoch', first_contact_at - created_at) / 60) * 60 + 30
      ELSE floor(date_part('epoch', first_contact_at - created_at) / 3600) * 3600 + 1800 END)::integer) STORED;
UPDATE lead_card AS card SET source_label = lead.source_label FROM lead
  WHERE lead.company_id = card.company_id AND lead.id = card.lead_id AND lead.source_label IS NOT NULL;
DROP INDEX lead_card_list;
CREATE INDEX lead_card_list ON lead_card (company_id, stage, created_at, lead_id)
  INCLUDE (source, source_label, category, assignee_id, amount, lost_reason, closed_at, first_contact_step, reached);

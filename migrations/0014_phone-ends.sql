-- Two numbers are of one customer when their last ten digits are the same, whatever prefix of a country goes before.
DROP INDEX lead_phone;
DROP INDEX lead_mobile_phone;
CREATE INDEX lead_phone ON lead (company_id, right(regexp_replace(phone, '[^0-9]', '', 'g'), 10));
CREATE INDEX lead_mobile_phone ON lead (company_id, right(regexp_replace(mobile_phone, '[^0-9]', '', 'g'), 10));

/**
 * Part of the relay's statement: a delivery for each piece of news and each endpoint that wants it, in the order of the
 * news. A company without endpoints costs one look into an index a pass. What comes of a disabled endpoint's time is
 * sent only when the office asks for it.
 */
export const QUEUED_DELIVERIES = `queued_deliveries AS (
  INSERT INTO webhook_delivery (company_id, endpoint_id, lead_id, revision, event, at)
  SELECT news.company_id, endpoint.id, news.lead_id, news.revision, news.event, news.at
  FROM (SELECT DISTINCT company_id FROM news) AS company
  CROSS JOIN LATERAL (
    SELECT id, events FROM webhook_endpoint
    WHERE company_id = company.company_id AND disabled_at IS NULL ORDER BY id) AS endpoint
  JOIN news ON news.company_id = company.company_id
    AND (endpoint.events = '{}' OR news.event = ANY (endpoint.events))
  ORDER BY news.place
)`

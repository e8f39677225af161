-- Whether the company's admins get a mail of each lead that comes through its public form.
ALTER TABLE company ADD COLUMN form_notify boolean NOT NULL DEFAULT true;

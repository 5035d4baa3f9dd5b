ALTER TABLE product
	ADD version bigint NOT NULL DEFAULT 1,
	ADD deleted_at timestamptz;

-- The pages of the list of products go by name.
CREATE INDEX ON product (name, id) WHERE deleted_at IS NULL;

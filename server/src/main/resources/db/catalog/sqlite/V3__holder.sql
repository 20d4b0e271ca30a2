-- The node whose request was appending, as other nodes call it.
ALTER TABLE upload ADD COLUMN holder TEXT;

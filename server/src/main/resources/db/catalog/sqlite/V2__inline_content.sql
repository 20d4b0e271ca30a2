-- All bytes of a small upload that arrived in one request.
ALTER TABLE upload ADD COLUMN inline_content BLOB;

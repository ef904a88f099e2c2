-- Which bodies the archive has already is asked for by digest, once for each batch of visits. Only a response has a body that
-- others can refer to.
create index record_payload on record (payload) where kind = 'response';

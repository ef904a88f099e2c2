-- Manual captures: what a person's browser brought where the crawler could not.
--
-- As with rows that people make, the entry in the archive's log was written first and says the same, signed.

-- A file that a person brought. Instants are text here (RFC 3339, UTC), as in the log.
create table ingest (
    entry  integer primary key,                        -- its number in the log
    run    integer not null references run,            -- the portal's latest run of the campaign, at that time
    portal text    not null,
    "by"   text    not null,                           -- pseudonym
    at     text    not null,
    file   text    not null,                           -- its name
    digest text    not null,                           -- of the file
    note   text    not null
) strict;

-- Which captures came so. They belong to no visit, the crawler never takes them for its own, and they are sealed by the
-- log's entry and not with the rows of a run.
create table manual_capture (
    capture integer primary key references capture,
    ingest  integer not null references ingest
) strict;
create index manual_capture_ingest on manual_capture (ingest);

create trigger ingest_stays before update on ingest begin select raise(abort, 'ingests are insert-only'); end;
create trigger ingest_remains before delete on ingest begin select raise(abort, 'ingests are insert-only'); end;
create trigger manual_capture_stays before update on manual_capture begin select raise(abort, 'manual captures are insert-only'); end;
create trigger manual_capture_remains before delete on manual_capture begin select raise(abort, 'manual captures are insert-only'); end;

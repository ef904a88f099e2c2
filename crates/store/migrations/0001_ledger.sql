-- The ledger: who was surveyed, what was asked, what came, what it says.
--
-- Rules for every table:
--   * `strict`, so that a column holds what it says. Instants are integers: microseconds since 1970-01-01T00:00:00Z.
--     Digests are SHA-256 as 32 bytes; `hex()` shows them. Words (state, errand, place ...) are those of the crate
--     `model`; there is no table of allowed words, because the enums are that table.
--   * Bytes are never here. A row refers to them by `record`, and the archive was synced before the row was written.
--   * What was seen and concluded is insert-only, guarded by triggers; only states and clocks are updated.
--   * Decisions of people will get tables of their own. Nothing of theirs will refer to a finding.

-- One campaign's crawl at one time, with all that judged it: a survey can be explained from its row alone.
create table survey (
    id       integer primary key,
    campaign text    not null,
    started  integer not null,
    finished integer,                                  -- null while it runs or after it was killed
    tool     text    not null,                         -- name and version of the program
    rulebook blob    not null check (length(rulebook) = 32),
    settings text    not null check (json_valid(settings)), -- effective, after files, environment and flags
    seed     integer not null                          -- of the exploring share; an unsigned number, its bits kept
) strict;

-- One portal of a survey. The portal is kept as it was defined, because lists change between surveys.
create table run (
    id         integer primary key,
    survey     integer not null references survey,
    portal     text    not null,                       -- key within the campaign
    definition text    not null check (json_valid(definition)),
    budget     text    not null check (json_valid(budget)),
    state      text    not null check (state in ('running', 'finished', 'stopped', 'failed')),
    reason     text,                                   -- why it stopped or failed, in words
    started    integer not null,
    finished   integer,
    unique (survey, portal)
) strict;

-- Where some bytes are in the archive. One table for all of them, so that "no row without bytes" is one query.
create table record (
    id      integer primary key,
    name    text    not null,                          -- WARC-Record-ID without brackets
    kind    text    not null,                          -- WARC-Type
    segment text    not null,                          -- file name
    offset  integer not null,
    length  integer not null,
    payload blob    not null check (length(payload) = 32)
) strict;

-- What came back for a visit. Belongs to the run that fetched it; other runs of the survey may refer to it, so that
-- a shared national portal is fetched once. The look-up by key is not unique on purpose: two runs that fetch the
-- same page in the same moment both keep what they saw, and later runs take the first.
create table capture (
    id            integer primary key,
    run           integer not null references run,
    key           text    not null,                    -- identity of the URL asked for
    url           text    not null,                    -- the URL that answered
    status        integer not null,
    media_type    text    not null,                    -- type/subtype in lower case, without parameters; may be empty
    sent          integer not null,
    done          integer not null,
    bytes         integer not null,                    -- of the body as archived
    truncated     text,
    etag          text,                                -- for conditional requests of a later survey
    last_modified text,
    record        integer not null references record,  -- the response
    text          integer references record            -- text extracted from a PDF
) strict;
create index capture_key on capture (key);

-- Every URL a run asked for, in the order of the frontier, with the link that admitted it and what came of it.
-- A click path is the chain of `via`. Without rowid: a run is read as one range, in visit order.
create table visit (
    run      integer not null references run,
    no       integer not null,                         -- from 1
    url      text    not null,
    key      text    not null,
    errand   text    not null,
    via      integer,                                  -- the visit whose page holds the link; null for seeds
    href     text,                                     -- the link as found
    link     text,                                     -- what it says
    region   text,                                     -- where on that page it stands
    depth    integer not null,                         -- clicks from the home page
    rule     text    not null,                         -- of the scope, in words
    explored integer not null,                         -- 1: chosen by the exploring share
    capture  integer references capture,
    shared   integer not null,                         -- 1: the capture is that of another visit
    miss     text,
    detail   text,                                     -- of the miss, in words
    record   integer references record,                -- of the miss, where one was archived
    primary key (run, no),
    foreign key (run, via) references visit (run, no) deferrable initially deferred,
    check ((capture is null) <> (miss is null))        -- it came or it did not
) strict, without rowid;

-- Exchanges of a visit that are not its capture: robots.txt files, redirects, block and error pages.
create table exchange (
    run     integer not null,
    visit   integer not null,
    no      integer not null,                          -- order within the visit, from 0
    purpose text    not null,
    url     text    not null,
    status  integer not null,
    sent    integer not null,
    record  integer not null references record,
    primary key (run, visit, no),
    foreign key (run, visit) references visit
) strict, without rowid;

-- URLs that were found and not admitted, each once per page. A refusal is a decision and must be explainable.
create table refusal (
    run  integer not null references run,
    via  integer not null,                             -- the visit whose page holds the link; 0 for seeds
    url  text    not null,
    rule text    not null,
    primary key (run, via, url)
) strict, without rowid;

-- Queries to a portal's own search form.
create table search (
    run     integer not null,
    visit   integer not null,                          -- of the page of results
    query   text    not null,
    results integer not null,                          -- links that stand on no other page of the run
    primary key (run, visit),
    foreign key (run, visit) references visit
) strict, without rowid;

-- One judging of a run by one rulebook, with its coverage: the certificate behind every "absent". `visits` is in the
-- key because a stopped run may be judged, taken up again and judged again; nothing is ever replaced.
create table judging (
    id       integer primary key,
    run      integer not null references run,
    rulebook blob    not null check (length(rulebook) = 32),
    visits   integer not null,                         -- seen by then
    tool     text    not null,
    judged   integer not null,
    coverage text    not null check (json_valid(coverage)),
    unique (run, rulebook, visits)
) strict;

-- The machine's answer for one indicator.
create table finding (
    id      integer primary key,
    judging integer not null references judging,
    code    text    not null,
    answer  text    not null check (answer in ('present', 'absent', 'undetermined')),
    why     text    check (json_valid(why)),           -- of an undetermined one
    band    text    not null,
    because text    not null,
    unique (judging, code),
    check ((answer = 'undetermined') = (why is not null))
) strict;

-- Ranked evidence of a finding: a capture, a selector, and why it counts.
create table evidence (
    finding integer not null references finding,
    rank    integer not null,                          -- from 1, the best first
    visit   integer not null,
    capture integer references capture,                -- of that visit; null for a lead that was not captured
    url     text    not null,
    exact   text    not null,
    prefix  text    not null,
    suffix  text    not null,
    start   integer,
    end     integer,
    place   text    not null,
    worth   real    not null,
    signals text    not null check (json_valid(signals)), -- names with what each was worth
    chain   text    check (json_valid(chain)),         -- page, link text, target, for a service elsewhere
    primary key (finding, rank)
) strict, without rowid;

-- The pace of each host and address, written before each request. Not per survey: a host does not care which survey
-- asks. `survey` says who wrote last, because `stopped` and `blocks` count for that survey only.
create table host_pace (
    host           text    not null primary key,
    survey         integer not null references survey,
    next_allowed   integer not null,
    backoff_milli  integer not null,
    latency_micros integer not null,
    blocks         integer not null,
    stopped        integer not null
) strict, without rowid;

-- What robots.txt of an authority said last. The bytes are in the archive, this is what follows from them.
create table robots_answer (
    authority text    not null primary key,
    fetched   integer not null,
    outcome   text    not null check (outcome in ('rules', 'unavailable', 'unreachable')),
    text      text    not null                         -- the rules, or why there are none
) strict;

-- Captures with their places in the archive, as the program reads them. `past` repeats the columns instead of using
-- `captured`: SQLite would compute that whole view first when it stands right of a left join.
create view captured as
    select c.id as capture, c.run as captured_by, c.key as captured_key, c.url as answered, c.status, c.media_type,
           c.sent, c.done, c.bytes, c.truncated, c.etag, c.last_modified,
           r.name as record_name, r.kind as record_kind, r.segment as record_segment, r.offset as record_offset,
           r.length as record_length, r.payload as record_payload,
           t.name as text_name, t.kind as text_kind, t.segment as text_segment, t.offset as text_offset,
           t.length as text_length, t.payload as text_payload
    from capture c join record r on r.id = c.record left join record t on t.id = c.text;

-- Visits with what came of them.
create view past as
    select v.run, v.no, v.url, v.key, v.errand, v.via, v.href, v.link, v.region, v.depth, v.rule, v.explored,
           v.shared, v.miss, v.detail,
           m.name as miss_name, m.kind as miss_kind, m.segment as miss_segment, m.offset as miss_offset,
           m.length as miss_length, m.payload as miss_payload,
           c.id as capture, c.key as captured_key, c.url as answered, c.status, c.media_type,
           c.sent, c.done, c.bytes, c.truncated, c.etag, c.last_modified,
           r.name as record_name, r.kind as record_kind, r.segment as record_segment, r.offset as record_offset,
           r.length as record_length, r.payload as record_payload,
           t.name as text_name, t.kind as text_kind, t.segment as text_segment, t.offset as text_offset,
           t.length as text_length, t.payload as text_payload
    from visit v left join record m on m.id = v.record left join capture c on c.id = v.capture
         left join record r on r.id = c.record left join record t on t.id = c.text;

create trigger capture_stays before update on capture begin select raise(abort, 'captures are insert-only'); end;
create trigger capture_remains before delete on capture begin select raise(abort, 'captures are insert-only'); end;
create trigger judging_stays before update on judging begin select raise(abort, 'judgings are insert-only'); end;
create trigger judging_remains before delete on judging begin select raise(abort, 'judgings are insert-only'); end;
create trigger finding_stays before update on finding begin select raise(abort, 'findings are insert-only'); end;
create trigger finding_remains before delete on finding begin select raise(abort, 'findings are insert-only'); end;
create trigger evidence_stays before update on evidence begin select raise(abort, 'evidence is insert-only'); end;
create trigger evidence_remains before delete on evidence begin select raise(abort, 'evidence is insert-only'); end;

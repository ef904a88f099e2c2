-- Proof: the text that positions count in, and what people decided.
--
-- A row that a person made has in `entry` the number of its entry in the archive's log, which was written first: the log
-- says the same, signed. Instants are text here (RFC 3339, UTC), because these rows leave the ledger as they are.

-- The text layer of a page that evidence points into.
create table text_layer (
    capture integer primary key references capture,
    record  integer not null references record          -- of type conversion
) strict;

-- An assessor's answer to one indicator. A change of mind is a new row that supersedes.
create table decision (
    entry      integer primary key,
    id         text    not null unique,                 -- UUID
    campaign   text    not null,
    portal     text    not null,
    round      integer not null,
    slot       text    not null check (slot in ('A', 'B', 'C')),
    assessor   text    not null,                        -- pseudonym
    code       text    not null,
    answer     text    not null check (answer in ('yes', 'no', 'unclear', 'blocked')),
    reason     text,                                    -- code from the campaign's list
    note       text    not null,
    evidence   text    not null check (json_valid(evidence)), -- of a yes: captures and passages
    trail      text    not null check (json_valid(trail)),    -- of a no: where was looked
    at         text    not null,
    supersedes text    unique references decision (id)
) strict;
create index decision_place on decision (campaign, portal, round, code);

-- A reviewer's ruling where two assessors differ.
create table adjudication (
    entry      integer primary key,
    id         text    not null unique,
    campaign   text    not null,
    portal     text    not null,
    round      integer not null,
    reviewer   text    not null,
    code       text    not null,
    answer     text    not null check (answer in ('yes', 'no')),
    reason     text    not null,
    note       text    not null,
    evidence   text    not null check (json_valid(evidence)),
    at         text    not null,
    supersedes text    unique references adjudication (id)
) strict;

-- A senior reviewer's word that a city is done: every final answer with the row it rests on.
create table sign_off (
    entry    integer primary key,
    id       text    not null unique,
    campaign text    not null,
    portal   text    not null,
    round    integer not null,
    reviewer text    not null,
    finals   text    not null check (json_valid(finals)),
    at       text    not null,
    unique (campaign, portal, round)
) strict;

-- What was published: signed-off cities, the instrument and the policy.
create table release (
    entry      integer primary key,
    id         text    not null unique,
    campaign   text    not null,
    number     integer not null,
    instrument text    not null,
    policy     text    not null check (json_valid(policy)),
    cities     text    not null check (json_valid(cities)), -- portal, run, judging, sign-off
    reason     text    not null,
    publisher  text    not null,
    at         text    not null,
    supersedes text    unique references release (id),
    unique (campaign, number)
) strict;

create trigger text_layer_stays before update on text_layer begin select raise(abort, 'text layers are insert-only'); end;
create trigger text_layer_remains before delete on text_layer begin select raise(abort, 'text layers are insert-only'); end;
create trigger decision_stays before update on decision begin select raise(abort, 'decisions are insert-only'); end;
create trigger decision_remains before delete on decision begin select raise(abort, 'decisions are insert-only'); end;
create trigger adjudication_stays before update on adjudication begin select raise(abort, 'adjudications are insert-only'); end;
create trigger adjudication_remains before delete on adjudication begin select raise(abort, 'adjudications are insert-only'); end;
create trigger sign_off_stays before update on sign_off begin select raise(abort, 'sign-offs are insert-only'); end;
create trigger sign_off_remains before delete on sign_off begin select raise(abort, 'sign-offs are insert-only'); end;
create trigger release_stays before update on release begin select raise(abort, 'releases are insert-only'); end;
create trigger release_remains before delete on release begin select raise(abort, 'releases are insert-only'); end;

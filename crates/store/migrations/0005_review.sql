-- Review: people, campaigns, slots, and what else people make of a city.
--
-- Two kinds of tables. What people decide is insert-only, has an entry in the archive's log that was written first, and keeps
-- its instants as text (RFC 3339, UTC), because these rows leave the ledger as they are. What the application needs to work
-- (accounts, sessions, drafts) is ordinary: it changes, and `audit` says who changed what.

-- What an assessor was shown, and how long it took.
alter table decision add column assist text not null default 'evidence_only';
alter table decision add column seconds integer not null default 0;

-- Since now a city can be compared, doubted and opened again.
create table slot_seal (
    entry      integer primary key,
    id         text    not null unique,
    campaign   text    not null,
    portal     text    not null,
    round      integer not null,
    slot       text    not null check (slot in ('A', 'B', 'C')),
    assessor   text    not null,
    digest     text    not null,                        -- over the decisions that stand
    at         text    not null,
    unique (campaign, portal, round, slot)
) strict;
create table comparison (
    entry      integer primary key,
    id         text    not null unique,
    campaign   text    not null,
    portal     text    not null,
    round      integer not null,
    seals      text    not null check (json_valid(seals)),
    compared   integer not null,
    mismatches text    not null check (json_valid(mismatches)),
    policy     integer not null,
    path       text    not null check (path in ('within', 'over')),
    at         text    not null,
    unique (campaign, portal, round)
) strict;
create table rebuttal (
    entry      integer primary key,
    id         text    not null unique,
    campaign   text    not null,
    portal     text    not null,
    round      integer not null,
    slot       text    not null check (slot in ('A', 'B', 'C')),
    assessor   text    not null,
    code       text    not null,
    stance     text    not null check (stance in ('keep', 'concede')),
    note       text    not null,
    at         text    not null,
    unique (campaign, portal, round, slot, code)
) strict;
create table inspection (
    entry      integer primary key,
    id         text    not null unique,
    campaign   text    not null,
    portal     text    not null,
    round      integer not null,
    reviewer   text    not null,
    code       text    not null,
    outcome    text    not null check (outcome in ('stands', 'doubted')),
    note       text    not null,
    at         text    not null
) strict;
create table reopening (
    entry      integer primary key,
    id         text    not null unique,
    campaign   text    not null,
    portal     text    not null,
    round      integer not null,                        -- the new one
    reviewer   text    not null,
    codes      text    not null check (json_valid(codes)),
    cause      text    not null,
    note       text    not null,
    at         text    not null,
    unique (campaign, portal, round)
) strict;

-- A person, known everywhere by a pseudonym. The name can be erased, the pseudonym stays.
create table person (
    id          text not null primary key,              -- pseudonym
    name        text not null,
    password    text,                                   -- argon2id, PHC string; null until the link was used
    preferences text not null check (json_valid(preferences)), -- language, text size, theme, shortcuts
    begun       text not null,
    ended       text                                    -- deactivated
) strict, without rowid;

-- What a person may do. A right that ends is ended, not erased.
create table duty (
    id      integer primary key,
    person  text not null references person,
    duty    text not null check (duty in ('administrator', 'assessor', 'reviewer', 'senior', 'auditor', 'viewer')),
    given   text not null,
    "by"      text not null,
    revoked text
) strict;
create unique index duty_once on duty (person, duty) where revoked is null;

-- Cities that a person has to do with, and may therefore not assess.
create table interest (
    id        integer primary key,
    person    text not null references person,
    portal    text not null,
    note      text not null,
    declared  text not null,
    withdrawn text
) strict;

-- One-time links: the set-up of the first administrator, invitations, new passwords. Only digests of secrets are kept.
create table link (
    digest  blob not null primary key check (length(digest) = 32),
    person  text,                                       -- null: the first administrator
    purpose text not null check (purpose in ('setup', 'password')),
    expires text not null,
    used    text
) strict, without rowid;

create table session (
    digest blob not null primary key check (length(digest) = 32),
    id     text not null unique,                        -- to name it on a screen
    person text not null references person,
    form   text not null,                               -- token of its forms
    agent  text not null,
    begun  text not null,
    seen   text not null,
    ended  text
) strict, without rowid;

-- Tokens for programs of a person.
create table token (
    digest blob not null primary key check (length(digest) = 32),
    id     text not null unique,
    person text not null references person,
    label  text not null,
    scope  text not null check (scope in ('read', 'write')),
    begun  text not null,
    ended  text
) strict, without rowid;

-- What a POST with this key was answered: the same once more is answered the same, and does nothing.
create table answered (
    person text not null,
    key    text not null,
    path   text not null,
    sent   blob not null check (length(sent) = 32),     -- digest of what was sent
    answer text not null check (json_valid(answer)),
    at     text not null,
    primary key (person, key)
) strict, without rowid;

-- An instrument applied to a list of portals.
create table campaign (
    id         text not null primary key,
    title      text not null,
    instrument text not null,
    portals    text not null check (json_valid(portals)),
    begun      text not null,
    "by"         text not null
) strict, without rowid;

-- Rules of a campaign; a change is a further row. Each comparison names its policy.
create table policy (
    campaign text    not null references campaign,
    no       integer not null,
    body     text    not null check (json_valid(body)),
    at       text    not null,
    "by"       text    not null,
    primary key (campaign, no)
) strict, without rowid;

-- An assessor's slot of a city. Never pointed to somebody else: who takes over gets a row of their own.
create table assignment (
    id        text    not null primary key,             -- random, says nothing about others
    campaign  text    not null references campaign,
    portal    text    not null,
    round     integer not null,
    slot      text    not null check (slot in ('A', 'B', 'C')),
    seq       integer not null,
    person    text    not null references person,
    judging   integer references judging,               -- the proposals, frozen; null if nothing was surveyed
    proposals text,                                     -- digest over them
    seed      integer not null,                         -- of order and clean share
    due       text,
    at        text    not null,
    "by"        text    not null,
    unique (campaign, portal, round, slot, seq)
) strict, without rowid;
create index assignment_person on assignment (person);

-- What somebody typed and did not commit yet.
create table draft (
    assignment text not null references assignment,
    code       text not null,
    body       text not null check (json_valid(body)),
    at         text not null,
    primary key (assignment, code)
) strict, without rowid;

-- Captures that an assessor added: only their slot sees them before the city is compared.
create table added (
    assignment text    not null references assignment,
    capture    integer not null references capture,
    at         text    not null,
    primary key (assignment, capture)
) strict, without rowid;

-- What a city says to its score: a candidate for a new round, nothing more.
create table appeal (
    id       text    not null primary key,
    campaign text    not null,
    release  integer not null,
    portal   text    not null,
    code     text    not null,
    url      text    not null,
    comment  text    not null,
    contact  text    not null,
    at       text    not null,
    settled  text,                                      -- when a reviewer settled it
    "by"       text,
    outcome  text check (outcome in ('reopened', 'declined')),
    answer   text
) strict, without rowid;

-- Who did what, in order, each row bound to the one before.
create table audit (
    no       integer primary key,
    at       text    not null,
    person   text    not null,
    action   text    not null,
    object   text    not null,
    detail   text    not null check (json_valid(detail)),
    previous blob    not null check (length(previous) = 32),
    digest   blob    not null unique check (length(digest) = 32)
) strict;

create trigger slot_seal_stays before update on slot_seal begin select raise(abort, 'seals are insert-only'); end;
create trigger slot_seal_remains before delete on slot_seal begin select raise(abort, 'seals are insert-only'); end;
create trigger comparison_stays before update on comparison begin select raise(abort, 'comparisons are insert-only'); end;
create trigger comparison_remains before delete on comparison begin select raise(abort, 'comparisons are insert-only'); end;
create trigger rebuttal_stays before update on rebuttal begin select raise(abort, 'rebuttals are insert-only'); end;
create trigger rebuttal_remains before delete on rebuttal begin select raise(abort, 'rebuttals are insert-only'); end;
create trigger inspection_stays before update on inspection begin select raise(abort, 'inspections are insert-only'); end;
create trigger inspection_remains before delete on inspection begin select raise(abort, 'inspections are insert-only'); end;
create trigger reopening_stays before update on reopening begin select raise(abort, 'reopenings are insert-only'); end;
create trigger reopening_remains before delete on reopening begin select raise(abort, 'reopenings are insert-only'); end;
create trigger policy_stays before update on policy begin select raise(abort, 'policies are insert-only'); end;
create trigger policy_remains before delete on policy begin select raise(abort, 'policies are insert-only'); end;
create trigger assignment_stays before update on assignment begin select raise(abort, 'assignments are insert-only'); end;
create trigger assignment_remains before delete on assignment begin select raise(abort, 'assignments are insert-only'); end;
create trigger added_stays before update on added begin select raise(abort, 'added captures are insert-only'); end;
create trigger added_remains before delete on added begin select raise(abort, 'added captures are insert-only'); end;
create trigger audit_stays before update on audit begin select raise(abort, 'the audit log is insert-only'); end;
create trigger audit_remains before delete on audit begin select raise(abort, 'the audit log is insert-only'); end;
-- After a seal a decision of that slot is refused by the database itself.
create trigger decision_sealed before insert on decision
when exists (select 1 from slot_seal s where s.campaign = new.campaign and s.portal = new.portal and s.round = new.round
             and s.slot = new.slot)
begin select raise(abort, 'the slot is sealed: its decisions stay'); end;
-- Who takes over a slot of a city has a person's one slot.
create trigger assignment_one_slot before insert on assignment
when exists (select 1 from assignment a where a.campaign = new.campaign and a.portal = new.portal and a.round = new.round
             and a.person = new.person)
begin select raise(abort, 'a person has one slot of a city'); end;

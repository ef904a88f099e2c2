-- What a reviewer says to a city about an indicator that it lacks, in the place of the words of the configuration. A change is a
-- further row; the latest one counts. Empty words bring those of the configuration back.
create table message (
    no       integer primary key,
    campaign text    not null references campaign,
    portal   text    not null,
    language text    not null,                          -- BCP 47, of the page on which it stands
    code     text    not null,
    missing  text    not null,                          -- what is missing
    why      text    not null,                          -- why it matters
    at       text    not null,
    "by"       text    not null
) strict;
create index message_city on message (campaign, portal, language);

create trigger message_stays before update on message begin select raise(abort, 'messages are insert-only'); end;
create trigger message_remains before delete on message begin select raise(abort, 'messages are insert-only'); end;

# The assessor: work, slot, decision, evidence, rebuttals.

work-none = No city is assigned to you yet.
work-caption = Your cities
to-rebut = { $n ->
    [one] One difference to comment
   *[other] { $n } differences to comment
}
state-slot-open = Open
state-slot-sealed = Sealed: your answers stay.
n-of-m-decided = { $n } of { $m } decided
live-home = The city’s portal as it is now
go-on = Go on
sealed-on = Sealed
to-seal = Seal …
show-all = All
show-open = Not decided
show-yes = Yes
show-no = No
show-unclear = Unclear
show-blocked = Blocked
answer-yes = Yes
answer-no = No
answer-unclear = Unclear
answer-blocked = Blocked
answer-draft = Draft
answer-open = Not decided
seal-title = Seal { $city }
seal-text = All indicators are decided. After sealing, your answers can no longer be changed; they are compared with those of the other assessor once both of you have sealed.
seal-independent = I gave these answers on my own, without knowing those of the other assessor.
seal-send = Seal
seal-lacking = { $n ->
    [one] One indicator is not decided yet:
   *[other] { $n } indicators are not decided yet:
}
seal-lacks = Some indicators are not decided yet.
what-counts = What counts
not-enough = What is not enough
scope-portal = Only what is on the portal or what it links to counts.
scope-any = Any channel of the city counts, the portal first.
machine-says = The machine says:
evidence = Evidence
clean-text = This indicator is shown without anything the machine found, to learn what people find by themselves. Look at the portal and add what you find.
no-candidates = The machine looked at { $pages } addresses and proposes nothing here. That is no “no”: look yourself.
not-surveyed = This city was not surveyed yet. Look at the portal and add what you find.
use-this = Use this:
captured = Captured
language = Language
digest = Digest
click-path = Way from the home page
see-text = Captured text
see-page = Captured page
see-live = Live page (may differ)
add-evidence = Add or replace evidence
your-answer = Your answer
field-reason = Reason
field-trail = Where you looked
field-note = Note
reason-none = –
trail-hint = For a no: one address or search a line. Strike what you did not look at.
decide = Decide and go on
keep-draft = Keep as draft
previous = Previous
next = Next
you-decided = You decided
yes-needs-evidence = A yes needs at least one passage of a captured page. Choose one or add one.
no-needs-trail = A no needs where you looked: at least one address or search.
needs-reason = Give a reason.
reason-not_found_after_search = Not found after a search
reason-info_only_not_service = Information only, not the service
reason-partial = Only a part of it
reason-outdated = Out of date
reason-wrong_portal = Wrong portal
reason-wrong_entity = Another body’s, not the city’s
reason-national_not_local = National, not local
reason-third_party_site = A third party’s site
reason-other_language = In a language I cannot read
reason-link_dead = The link is dead
reason-login_wall = Behind a log-in
reason-machine_misread = The machine misread it
reason-duplicate = Duplicate
reason-definition_unclear = The definition is unclear
rebuttals-title = Differences
overruled-title = What was overruled

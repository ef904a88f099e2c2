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
trail-hint = For a no: where you looked besides, one address or search a line.
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
see-evidence = Search in captured pages
drop-passage = Drop this passage
views = Views of the captured page
address = Address
receipt-saving = Saving …
receipt-saved = Saved { $time }
receipt-unsaved = Not saved yet: the connection is away. What you typed is kept in this browser and is sent when it is back.
receipt-queued = Your decision waits in this browser and is sent when the connection is back.
receipt-sent = Sent { $time }. Your decision is kept.
receipt-refused = Your decision was not kept. Load the page again, look at what stands, and decide again.
receipt-restored = What you typed at { $time } was not saved yet. It is filled in again.
find = Find
find-words = Find in this text
found-n = { $n ->
    [one] One place
   *[other] { $n } places
}
found-none = These words do not stand in the captured text. Spelling and accents must be the same; capitals and line breaks do not matter.
found-several = These words stand there more than once. Give start and end, or more words.
show-place = Show
use-passage = Use this passage
to-passage = Go to the marked passage
parts = Parts of the text
previous-part = Previous part
next-part = Next part
text-none = There is no text of this captured page.
choose-title = Choose a passage
field-words = Words as they stand in the text
words-hint = Type or paste them, or mark them in the text above. If they stand there more than once, you choose which.
places = By place instead
places-hint = Characters from the beginning of the text; the end is the first one that no longer belongs to it.
field-start = Start
field-end = End
passage-wrong = Give words of the text, at most 2,000 characters.
static-hint = A copy without scripts, pictures, forms and links, so that nothing of the captured page can run here. Texts of pictures are shown in their place.
static-title = Static copy of the captured page
static-alone = The copy alone
search-captures = Search in captured pages
search-words = Words
search-hint = Looks in the addresses and link texts of every page that was captured of this city, and in the texts of those that were proposed as evidence or that you added.
captures-n = { $n ->
    [0] Nothing found
    [one] One captured page
   *[other] { $n } captured pages
}
in-text = in the text
added-title = Pages you added
added-none = None yet.
fetch-title = Add a page
fetch-hint = Paste the address of a public page. It is fetched from here once and kept, like the pages of the survey. Only you see it until both assessors have sealed.
fetch-send = Fetch and keep
field-url = Address of the page
url-wrong = This is no public web address. It begins with http:// or https:// and has no name or password in it.
fetch-not-surveyed = No page can be added yet: this city was not surveyed when it was given to you. Ask for a survey.
fetch-refused = The page was not kept: { $why }
rebuttals-unsealed = You can compare once both of you have sealed.
rebuttals-within = The answers differ so little that a reviewer rules on each difference without hearing you. You see here later what was overruled.
rebuttals-over = The answers differ in more than the campaign allows. Say to each difference whether you stay with your answer; a reviewer reads it before ruling. Your answer itself stays as it was.
own-answer = Your answer
other-answer = The other answer
final-answer = Final answer
field-stance = What do you say?
stance-keep = I stay with my answer
stance-concede = The other answer is right
said-keep = You stay with your answer.
said-concede = You find the other answer right.
field-why = Why
rebuttal-send = Send
rebuttal-late = A reviewer has ruled on this already.
rebuttal-once = You have said something to this difference already.
rebuttal-none = There is no difference here on which you are heard.
rebuttal-why = Say why you stay with your answer.
overruled-later = You see here what was overruled once the city is signed off.
overruled-n = { $n ->
    [0] No answer of yours was overruled.
    [one] One of your answers was overruled.
   *[other] { $n } of your answers were overruled.
}
last-saved = Last saved
looked-title = The machine looked here. Tick what you looked at yourself.
decide-refused = Not decided yet. What you entered is kept as a draft.
live-none = The name of this site is reserved for examples: there is no live page.
passages = { $n ->
    [one] 1 passage
   *[other] { $n } passages
}
see-file = The file as it came

# Setting up: people, campaigns, policies, assignments, surveys; the profile, help and the audit log.

word-yes = yes
word-no = no
percent = { $n } %
line-says = Line { $line }: { $what }
slot-word = slot { $slot }

field-duty = Duties
field-key = Key
field-title = Title
field-portals = List of cities (CSV)
field-people = List of people
field-portal = City
field-slot = Slot
field-round = Round
field-due = Due
field-instead = Instead of
field-first = First assessor
field-second = Second assessor
field-threshold = Threshold
field-clean = Share without the machine
field-inspected = Share looked at again
field-reasons = Reasons
field-old-password = Password until now
field-label = What it is for
field-scope = What it may do

people-caption = { $n ->
    [one] One person
   *[other] { $n } people
}
people-pseudonym = Pseudonym
people-since = since
people-since-when = Since
people-interests = Interests
people-active = active
people-ended = deactivated since
people-invited = invited, has not chosen a password yet
people-back = All people
people-invite = Invite a person
people-invite-text = The person gets a link that works once. You pass it on; Portolan sends no mail. Everybody appears under their pseudonym, also in public. The name is seen by administrators only and can be erased.
people-invite-send = Invite
people-import = Invite many people
people-import-text = Paste a list with the columns pseudonym, name and duties, as a spreadsheet saves it as CSV. Duties are separated by blanks. If a row is wrong, nobody is taken in and every wrong row is named. Nothing in a cell is computed.
people-import-list = List of people (CSV)
people-import-send = Invite all of them
people-import-none = The list has no rows below its first line.
pseudonym-formula = A pseudonym cannot begin with =, +, -, @ or a tab.
pseudonym-twice = The pseudonym { $person } is taken, or stands in the list twice.
csv-column = The first line lacks the column { $column }. It must name pseudonym, name and duties.
csv-cells = This line has more cells than the first line. Put a cell that holds commas in quotes.
csv-form = This is no CSV. Save the list as CSV (UTF-8) and paste it again.
links-title = One-time links
links-text = Copy each link now and pass it on over a way you trust. It works once, for { $days } days, and is not shown again. If it is lost, make a new one on the person’s page.
links-link = Link
links-until = Until

duty-administrator = Administrator
duty-administrator-text = looks after people, campaigns and surveys, and decides nothing
duty-assessor = Assessor
duty-assessor-text = answers the indicators of a city, apart from all others
duty-reviewer = Reviewer
duty-reviewer-text = rules where two assessors differ
duty-senior = Senior reviewer
duty-senior-text = signs cities off and publishes
duty-auditor = Auditor
duty-auditor-text = reads everything once it is sealed, and changes nothing
duty-viewer = Viewer
duty-viewer-text = reads what is published
duty-hint = An administrator cannot also be assessor, reviewer or senior reviewer.
duty-apart = An administrator decides nothing: this person cannot be assessor, reviewer or senior reviewer as well. Choose one of the two.
duty-last = This is the last administrator who can sign in. Make somebody else administrator first.
duty-unknown = “{ $word }” is no duty. Duties are administrator, assessor, reviewer, senior, auditor and viewer.

person-save = Save name and duties
person-sessions-end = If duties change, the person is signed out everywhere.
person-access = Access
person-link-text = For a person who forgot the password or lost the first link. Links made before no longer work.
person-link = Make a new one-time link
person-is-ended = This person is deactivated. Activate them first.
person-deactivate-text = A deactivated person is signed out and cannot sign in. What they decided stays.
person-deactivate = Deactivate
person-activate = Activate
person-erase-text = Erasing the name cannot be undone. The pseudonym stays, because decisions stand under it.
person-erase = Erase the name
person-slots = Slots

interests-title = Cities this person has to do with
interests-text = Nobody assesses, rules on or signs off a city they work for, live from, or have another interest in.
interests-none = None is declared.
interests-no-cities = There is no campaign yet, and so no city to choose.
interest-note = What the interest is
interest-declare = Declare
interest-withdraw = Take back
interest-twice = This is declared already.

campaigns-none = There is no campaign yet.
campaigns-caption = Campaigns
campaigns-instrument = Instrument
campaigns-begun = begun
campaigns-begun-when = Begun
campaigns-assigned = Both slots given
campaigns-sealed = Both slots sealed
campaigns-signed-off = Signed off
campaigns-begin = Begin a campaign
campaigns-begin-text = A campaign applies the instrument “{ $instrument }” to a list of cities. The list cannot be changed later.
campaigns-key-hint = A short name for addresses and files: a to z, 0 to 9, - and _.
campaigns-list-hint = One city a line. Only id, city, country and home are needed. Every wrong line is named, and what you typed is kept.
campaigns-key-wrong = A key has only a to z, 0 to 9, - and _.
campaigns-key-taken = There is a campaign with this key. Choose another.
campaigns-list-empty = The list has no city.
campaigns-home = Home page
campaigns-cities = { $n ->
    [one] One city
   *[other] { $n } cities
}
city-listed = listed
city-assessing = being assessed
city-sealed = both slots sealed
city-within = differences within the threshold
city-over = differences above the threshold
city-ruled = ruled, waits for sign-off
city-signed-off = signed off

policy-title = Policy
policy-latest = Policy { $no } holds, set by { $person },
policy-text = A change counts from now on and is kept as a policy of its own. Comparisons made before keep the policy they were made under.
policy-no = Policy { $no }
policy-history = All policies
policy-threshold = Threshold, in percent of the indicators
policy-threshold-hint = Above this share of differences both assessors are heard before a reviewer rules.
policy-inclusive = A share of exactly the threshold counts as above it
policy-assist = What assessors are shown of the machine
assist-evidence-only = Passages in neutral order, without the machine’s answer
assist-reveal-after-commit = The same, and the machine’s answer once they have decided
assist-verdict-shown = Passages with the machine’s answer
assist-clean = Nothing of the machine
policy-clean = Share of indicators shown without the machine, in percent
policy-clean-hint = Drawn for each assessor by chance. It shows how good the machine is, and whether it sways people.
policy-inspected = Share of agreed answers a reviewer looks at, in percent
policy-own-rulings = Who ruled on a city may sign it off
policy-reasons = Reasons to choose from
policy-reasons-hint = One a line: a to z, 0 to 9 and _.
policy-reason-wrong = “{ $word }” is no code of a reason: at most 60 of a to z, 0 to 9 and _.
policy-share-wrong = This must be a number from 0 to 100.
policy-same = These rules hold already.
policy-set = Set the policy

assign-title = Give slots
assign-text = Each city has two slots, A and B, whose assessors work apart and do not see each other. Both get the same proposals of the machine; those are frozen when the first slot is given.
assign-nobody = There is no active assessor. Invite one first:
assign-slots = Slots
assign-slot = Slot
assign-open = not sealed
assign-sealed = sealed
assign-interested = interest declared
assign-one = One slot
assign-instead = Instead of
assign-instead-hint = Only if somebody has the slot already: their pseudonym. What they did is kept and no longer counts; the new assessor begins anew.
assign-instead-other = { $person } has this slot. To hand it over, enter this pseudonym under “Instead of”.
assign-instead-nobody = Nobody has this slot. Leave this empty.
assign-send = Give the slot
assign-pairs = Two assessors for all unassigned cities
assign-pairs-text = { $n ->
    [0] Every city has an assessor.
    [one] One city has no assessor.
   *[other] { $n } cities have no assessor.
}
assign-first = Slot A
assign-second = Slot B
assign-most = At most so many cities (empty: all)
assign-pairs-send = Assign the pair
assign-pairs-done = { $n ->
    [0] No city was assigned.
    [one] One city was assigned.
   *[other] { $n } cities were assigned.
}
assign-left = { $n ->
    [one] One city was left out
   *[other] { $n } cities were left out
}
assign-same = The two slots of a city need two different people.
assign-lacking = Cities that lack an assessor
assign-lacking-none = None.
assign-round = The city is in round { $no }.
assign-due-wrong = Give the day as in 2026-11-30.
assign-signed-off = This round of the city is signed off.
assign-slot-sealed = This slot is sealed: its answers stay, and so does its assessor.
assign-too-early = Slot C is for cities whose slots A and B are both sealed.
assign-no-assessor = This is nobody who is active and has the duty of an assessor.
assign-has-interest = This person declared an interest in the city.
assign-has-slot = This person has, or had, a slot of this city in this round.
assign-has-ruled = This person has ruled on, looked at, signed off or reopened this city.

surveys-title = Surveys
surveys-none = There was none yet.
survey-title = Survey { $no }
survey-start-text = { $n ->
    [one] A survey visits the site of the one city, as politely as its rules for robots ask. It takes about a quarter of an hour a city, many at once, and goes on while you do something else.
   *[other] A survey visits the sites of all { $n } cities, as politely as their rules for robots ask. It takes about a quarter of an hour a city, many at once, and goes on while you do something else.
}
survey-start = Begin a survey
survey-under-way = under way
survey-halted = not finished: it was stopped, or the program ended. What was captured stays.
survey-finished = finished
survey-as-of = As of
survey-look-again = Look again
survey-stop-text = Visits under way are finished first. What was captured stays.
survey-stop = Stop the survey
survey-told = Latest messages
survey-runs = { $n ->
    [one] One site
   *[other] { $n } sites
}
survey-captured = Pages captured
survey-shared = Captured before
survey-missed = Missed
survey-refused = Not visited
survey-kilobytes = Kilobytes
survey-hosts = { $n ->
    [one] Pace of one host
   *[other] Pace of { $n } hosts
}
survey-host = Host
survey-answers = Answers within (ms)
survey-slowed = Slowed down
survey-blocks = Refusals in a row
survey-next = Not asked before
survey-host-stopped = no longer asked
run-running = under way, or interrupted
run-finished = finished
run-stopped = stopped
run-failed = failed
miss-blocked = refused by the site
miss-robots = not allowed for robots
miss-timeout = no answer in time
miss-dns = name not found
miss-connect = no connection
miss-tls = no secure connection
miss-server = error of the server
miss-not-found = page not there
miss-redirect = redirects without end
miss-forbidden = private address or denied host
miss-too-large = too large
miss-malformed = not readable
miss-stopped = host no longer asked
miss-budget = budget used up

me-title = Profile
me-choices = Language, appearance and keys
me-language = Language
language-browser = As the browser says
me-theme = Colours
theme-auto = As the device says
theme-light = Light
theme-dark = Dark
me-size = Size of text
size-normal = Normal
size-large = Large
size-larger = Larger
me-shortcuts = Keyboard shortcuts
shortcuts-on = On
shortcuts-off = Off: no single key does anything
me-keys = Choose other keys
me-keys-hint = One Latin letter or sign for each, no digit, none twice; empty means no key. On a keyboard with other letters the key in the same place does it.
me-save = Save
me-password-hint = All other sessions end.
me-password-send = Change the password
me-password-wrong = This is not your password.
me-session-only = This is only for people who are signed in, not for programs with a token.
me-interests-text = Declare every city you work for, live from, or have another interest in: you will get no slot of it and cannot rule on it. Only an administrator can take a declaration back.
me-sessions = Where you are signed in
me-session-seen = last used
me-session-this = this session
me-session-end = End this session
me-tokens = Tokens for programs
me-tokens-text = With a token a program of yours reads, or also writes, whatever you may. All pages are there as JSON under /api/v1.
me-token-end = End this token
me-token-make = Make a token
scope-read = Read only
scope-write = Read and write
token-title = New token
token-text = Copy the token now: it is not shown again.
token-shown = This token was made and shown before. If it is lost, end it and make another.

keys-caption = Keys on the page where an indicator is decided
keys-key = Key
keys-does = What it does
keys-none = none
key-next = Next indicator
key-previous = Previous indicator
key-next-candidate = Next passage
key-previous-candidate = Previous passage
key-yes = Choose yes
key-no = Choose no
key-unclear = Choose unclear
key-blocked = Choose blocked
key-reject = Do not use the passage
key-replace = Use another passage instead
key-evidence = Add evidence
key-quote = Use the selected text
key-text = See the text of the page
key-page = See the page as it was
key-live = See the page as it is now
key-note = Write a note
key-guidance = Read the guidance
key-undo = Take the choice back, before deciding
key-find = Find in the capture
key-list = Show the keys
key-commit = Decide, and go on
key-wrong = One Latin letter or sign that is no digit, or nothing.
key-taken = The key { $key } does something else already.

help-on-page = On this page
help-steps = How a campaign goes
help-words = Words
help-keys = Keys
help-ask = Where to ask
help-blind = Until both assessors of a city have sealed their answers, nobody else sees any of them: not the other assessor, not a reviewer, not an administrator.
help-keys-text = All can be done with mouse, touch or the tabulator key alone. The keys below are quicker. They work only while you are in the part of the page where you decide, never while you type, and never with Ctrl or Alt. A letter only chooses; deciding is a second step.
help-keys-off = You have switched the keys off.
help-keys-switch = Choose other keys, or switch all of them off, in your profile.
help-ask-text = Ask the administrator who invited you. The guidance of each indicator stands on the page where you decide it; if it leaves a doubt, answer “unclear” and say why in the note: a reviewer reads it.
help-step-people = People
help-step-people-text = An administrator invites people. Everybody declares the cities they have to do with.
help-step-campaign = Campaign
help-step-campaign-text = An administrator gives the list of cities and sets the policy.
help-step-survey = Survey
help-step-survey-text = The machine visits the sites, keeps what it captures, and proposes passages for each indicator.
help-step-assign = Slots
help-step-assign-text = Each city gets two assessors, who work apart.
help-step-decide = Decisions
help-step-decide-text = Each assessor answers every indicator. A yes points at a passage; a no says where was looked.
help-step-seal = Seals
help-step-seal-text = An assessor who has answered everything seals the slot. Once both have, the answers are compared.
help-step-rule = Rulings
help-step-rule-text = Where the two differ, a reviewer who assessed nothing there rules. Where they differ too often, both are heard first.
help-step-sign-off = Sign-off
help-step-sign-off-text = A senior reviewer signs the city off; from then on its answers stay.
help-step-release = Release
help-step-release-text = Signed-off cities are published with their evidence. A correction is a new release; the old one can still be read.
help-word-instrument = instrument
help-word-instrument-text = one edition of the questionnaire: its criteria and indicators
help-word-indicator = indicator
help-word-indicator-text = one question that is answered with yes or no, known by its number
help-word-campaign = campaign
help-word-campaign-text = an instrument applied to a list of cities, with its policy
help-word-portal = portal
help-word-portal-text = the site of one city
help-word-survey = survey
help-word-survey-text = one visit of the machine to all sites of a campaign
help-word-capture = capture
help-word-capture-text = a page as it came, kept with its time and fingerprint
help-word-miss = miss
help-word-miss-text = a page that did not come, with the reason
help-word-finding = finding
help-word-finding-text = what the machine proposes for an indicator
help-word-evidence = evidence
help-word-evidence-text = a passage of a capture, and why it counts
help-word-coverage = coverage
help-word-coverage-text = what was seen and what was missed; every “not there” rests on it
help-word-assignment = slot
help-word-assignment-text = one of the two places of a city for an assessor
help-word-decision = decision
help-word-decision-text = an assessor’s answer to an indicator
help-word-seal = seal
help-word-seal-text = an assessor’s word that all answers of a slot are given; they stay
help-word-comparison = comparison
help-word-comparison-text = the answers of both slots beside each other
help-word-ruling = ruling
help-word-ruling-text = a reviewer’s final answer where two differ
help-word-sign-off = sign-off
help-word-sign-off-text = a senior reviewer’s word that a city is done
help-word-release = release
help-word-release-text = what was published at one time
help-word-score = score
help-word-score-text = the number of yes answers over the number of indicators

audit-own = You see what you did yourself.
audit-caption = What was done, the latest first
audit-none = Nothing.
audit-no = No.
audit-at = When
audit-action = Action
audit-object = With what
audit-detail = Details
audit-digest = Fingerprint
audit-older = Older
audit-verify = Verify the chain
audit-export = Take it along (JSON lines)
audit-whole = { $n ->
    [one] One row, and it fits.
   *[other] { $n } rows, and each fits the one before.
}
audit-broken = Row { $no } does not fit: it, or a row before it, was changed, removed or put in. Tell an auditor before anything else is done.
audit-last = Fingerprint of the last row that fits
audit-keep = Write number and fingerprint down somewhere else: whoever cuts rows off the end later cannot make them come out the same.
assign-unsurveyed = This city was not surveyed yet. Survey it first: what assessors are shown is frozen when they get their slots.
survey-first = Survey the cities first, then give slots to assessors: what they are shown is frozen then.
links-local = This address works on this computer only. Start the program with --listen and --origin so that others can reach it.
links-open = Open
run-unreached = not reached

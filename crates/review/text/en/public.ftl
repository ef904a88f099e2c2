# The page of a city: for a mayor's desk, without words that only experts know.

sheet-title = { $city }: results on one page
sheet-open = Results on one page
sheet-edit = Edit the messages
sheet-release = release { $n }
sheet-score = Result
sheet-of-points = of { $of } points
sheet-percent = { $share } %
sheet-level = level:
sheet-levels = Levels:
sheet-rank = Rank { $rank } of { $cities } cities
sheet-rank-shared = Rank { $rank } of { $cities } cities, shared by { $sharing }
sheet-unranked = No rank: not all cities are published yet.
sheet-criteria = Points by subject
sheet-first = What to do first
sheet-first-text = Each item is missing on the city's website and brings one point; the easiest come first. All { $count } together: { $n } of { $of } points ({ $share } %).
sheet-whole = Nothing is missing: the city has everything that was asked for. Keep it up to date.
sheet-steps = First steps
sheet-effort = Effort:
sheet-owner = Ask:
sheet-peer = Example: { $city }
sheet-no-peer = No example in this release
sheet-question = Proof: question { $code }
sheet-edited = Text by { $person }, { $date }
sheet-next = Then, easiest first
sheet-next-text = With these too: { $n } of { $of } points ({ $share } %).
sheet-lacking =
    { $n ->
        [one] One point is missing in all.
       *[other] { $n } points are missing in all.
    }
sheet-partial = Not every indicator of this city has an answer in this release, so there is no score to show.
sheet-missing = Missing
sheet-strong = Strengths: what few other cities have
sheet-strong-of = { $n } of { $of } other cities
sheet-strong-none = All that this city has, all other cities have too.
sheet-alone = There is no other city to compare with in this release.
sheet-change = Since { $campaign } ({ $date }), over the { $n } questions asked both times: from { $before } to { $after } points, { $gained } new, { $lost } lost.
sheet-change-none = There is no earlier result to compare with.
sheet-sure = How sure this is
sheet-agreement = Two people agreed on { $same } of { $n } questions before they knew each other's answers ({ $share } %; 95 % interval { $low } to { $high } %); where they did not, a third person decided.
sheet-agreement-none = How far two people agreed is not known.
sheet-signed = { $person } signed all answers on { $date }.
sheet-evidence = The pages were seen from { $first } to { $last }.
sheet-evidence-day = The pages were seen on { $first }.
sheet-denominator = { $n } questions were asked; the score divides by { $of }, as the published values do.
sheet-address = Every answer with its proof
sheet-checkpoint = Seal of the records:
sheet-unsigned = The records behind this are sealed, and not signed yet.

messages-text = The page of the city is for everybody. Here its words can be replaced for this city, in this language; the page then names who wrote them and when, and the audit log keeps them. Empty fields bring the usual words back.
messages-unreleased = The city is in no release yet: there is nothing to say.
messages-none = There is nothing to say: nothing is missing, or there is no advice for this questionnaire.
messages-missing = What is missing
messages-why = Why it matters
messages-send = Use these words
messages-not-missing = The last release has no “no” of this city to that indicator.

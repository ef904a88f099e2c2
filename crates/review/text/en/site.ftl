# Report of a campaign and the folder of pages made of a release.

site-percent = { $n } %
site-share = { $n } of { $of } ({ $share })
site-of = of { $n }
site-undefined = not defined: there is nothing to count
site-undefined-one = not defined: all answers are the same
site-rank-shared = { $n }=
site-parts = Pages of the report
site-languages = Languages
site-as-table = The same as a table

site-title-report = { $campaign }: results (release { $n })
site-title-cities = { $campaign }: cities by criterion (release { $n })
site-title-indicators = { $campaign }: indicators (release { $n })
site-title-lessons = { $campaign }: lessons learned (release { $n })
site-title-answers = { $city }: all answers
site-part-report = Overview
site-part-cities = Cities
site-part-indicators = Indicators
site-part-lessons = Lessons learned

site-lead =
    { $cities ->
        [one] { $cities } city
       *[other] { $cities } cities
    }, each asked { $indicators } yes-or-no questions about its portal. Every answer is the decision of two people, or of a reviewer where they differed.
site-cities = Cities
site-apart = Cities without a score
site-apart-says = Without a score, and not ranked, because not every answer is final:
site-mean = Mean score
site-median = Median score
site-highest = Highest
site-lowest = Lowest
site-evidence = Evidence captured
site-unranked = Some cities of the campaign are not in this release, so nothing is ranked. Cities stand in alphabetical order.

site-levels = Levels
site-levels-caption = How many cities reach each level
site-above = Score above
site-share-of-cities = Share of cities
site-where = Where the cities stand
site-map = Map of the cities
site-map-says = One mark for each city, by its level: full disc, ring with a point, ring, cross, from the highest to the lowest. A mark stands at the city where its place is known, else in the middle of its country.
site-map-caption = Cities by country, with their level
site-country = Country
site-unplaced =
    { $n ->
        [one] { $n } city is not on the map, because its place is not known.
       *[other] { $n } cities are not on the map, because their place is not known.
    }
site-dots = Scores, from the highest to the lowest
site-dots-says = One mark for each city. A line joins cities that share a score and a rank.
site-dots-says-unranked = One mark for each city, in alphabetical order. A line joins neighbours with the same score.
site-scores = Scores of all cities

site-wins = The easiest wins
site-wins-says = Of what can be had with little work, this is missing in the most cities.
site-wins-caption = Easy indicators, by how many cities lack them
site-missing-in = Cities that lack it
site-wins-more = All indicators

site-change = What changed
site-change-since = Since { $earlier }.
site-change-corrected = Since { $earlier }, which this release corrects.
site-change-over =
    { $n ->
        [one] Compared over { $n } question that means the same in both.
       *[other] Compared over { $n } questions that mean the same in both.
    }
site-slope = Share of yes, before and now
site-slope-says = One line for each city; rising lines are solid, falling ones dashed.
site-slope-says-many = One line for each city; rising lines are solid, falling ones dashed. Those that moved the most are named.
site-before = Before
site-after = Now
site-gained = Gained
site-lost = Lost

site-agreement = How far the answers agree
site-agreement-says = Two people answered every question by themselves. This is how often both said the same, before anybody ruled.
site-agreed = Same answer
site-interval = 95 % interval (Wilson)
site-over = Cities with more than { $threshold } % differences; each difference was ruled on
site-lessons-more = What was hard, and what was learned

site-method = How this was made
site-method-score = The score of a city is the number of its indicators answered with yes, divided by { $of }. Every indicator counts the same; { $indicators } are asked.
site-method-denominator = { $indicators } indicators are asked and { $of } is divided by, as in the published index of the United Nations, so that scores can be compared with it. A city that has everything stays a little below 100 %.
site-method-bands = Levels are those of the edition of the questionnaire. A score exactly on a limit belongs to the lower level.
site-method-people = A program visits the portal and proposes evidence; it decides nothing. Two people answer by themselves. Where they differ, a reviewer who is neither of them rules, and a senior reviewer signs the city off.
site-method-evidence = Every page that was looked at is kept byte for byte, with its time and digest. Each yes leads to words on such a page. Nothing here rests on a proposal alone.
site-method-checkpoint = The release is an entry of a log that can only grow. This signed root covers it; with it and the audit pack anybody can check every number.
site-method-unsigned = The log of this release has not been signed yet.
site-data = Data
site-file-release = the release with the scorecard of each city and the checkpoint (JSON)
site-file-indicators = the questions, how many cities have each, and the advice in all languages (JSON)
site-file-scores = a line for each city (CSV)
site-file-answers = a line for each answer (CSV)

site-heat-says = How many indicators of each criterion a city has. The darker a cell, the larger the share.
site-heat-caption = Cities by criterion: number of yes

site-indicators-says = How many cities have each indicator, by criterion, the most frequent first. What is at the end of a list is missing in most cities.
site-bars = { $criterion }: share of cities
site-bars-says = One bar for each indicator: the longer, the more cities have it.
site-have = Cities that have it
site-effort = Work

site-lessons-says = What was hard in this campaign, so that the next one goes better. All numbers are computed from the released rounds; nobody is named.
site-coefficients-says = No number says it alone: where nearly all answers are the same, kappa and alpha fall although hardly an answer differs.
site-kappa = Cohen’s kappa
site-alpha = Krippendorff’s alpha
site-ac1 = Gwet’s AC1
site-prevalence = Answers that are yes
site-hard = Questions on which people differed
site-hard-says = A question on which two careful people differ often is a question that should be worded better, or that needs an example.
site-hard-caption = Indicators with the lowest agreement
site-hard-none = On no question did anybody differ.
site-open = Questions that could not be answered
site-open-says = Unclear or blocked: the page did not say, or could not be reached.
site-open-caption = Indicators with the most answers “unclear” or “blocked”
site-open-answers = Unclear or blocked
site-open-none = Every question was answered with yes or no.
site-reasons = Reasons given
site-reasons-says = What people chose from the list of reasons, for an answer or for a ruling.
site-reasons-caption = Reasons of answers
site-reasons-none = No answer has a reason.
site-rulings-caption = Reasons of rulings
site-rulings-none = Nothing had to be ruled on.
site-times = Times
site-corrections = Differences, appeals and corrections
site-corrections-says = Cities may appeal against what was published; a correction is a new round and a new release.
site-over-cities = Cities over the threshold of differences
site-reopened = Rounds that were opened again
site-appeals = Appeals against this release
site-appeals-reopened = of these, led to a new round
site-appeals-declined = of these, declined
site-time = How long it took
site-time-says = For the city in the middle, when all are put in order.
site-days = Days from the first answer to the sign-off
site-minutes = Minutes that one person worked on a city
site-minutes-none = How long people worked was not measured.

site-criterion = Criterion
site-yes-of = Yes
site-criteria-caption = Score by criterion
site-missing = Not found
site-there = Found
site-city-data = The data of this city (JSON), with the trace of each answer
site-foot = Made with Portolan. This folder needs no server and no script; it may be copied as it is.

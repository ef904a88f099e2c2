# Words and messages of all screens.

number = { $n }
n-of-m = { $n } of { $m }

skip = Skip to the content
nav = Main
nav-work = My work
nav-cities = Cities
nav-campaigns = Campaigns
nav-people = People
nav-appeals = Appeals
nav-drift = Changes
nav-agreement = Agreement
nav-exports = Exports
nav-audit = Audit log
nav-releases = Releases
nav-help = Help
crumbs = Where you are
steps = Steps
filter = Filter

sign-in = Sign in
sign-out = Sign out
sign-in-needed = Sign in to go on.
sign-in-wrong = Pseudonym or password is wrong.
kept-while-out = You are no longer signed in. What you entered goes along: after signing in you can send it again.
kept-title = What you entered
kept-text = You were signed out before this was sent. Nothing of it was kept yet. Check it and send it again.
what-you-sent = What you sent
send-again = Send again
start-over = Start over
to-start = To the start

setup-title = First administrator
setup-text = Portolan runs for the first time here. The token was printed where it was started. The first administrator looks after people and campaigns, and decides nothing.
setup-send = Make the administrator
welcome-title = Choose a password
welcome-text = This link works once. You will be known as
welcome-send = Set the password and sign in
password-hint = At least 12 characters; a sentence is easy to remember. Pasting from a password manager is welcome.
password-short = The password has fewer than 12 characters.
password-long = The password has more than 256 characters.
password-common = This is among the passwords that are tried first. Choose another.
password-name = The password contains the pseudonym. Choose another.
link-wrong = This token or link is wrong, was used before, or is too old. Ask the administrator for a new one.
pseudonym-wrong = A pseudonym has at least two characters and no blanks: only a to z, 0 to 9 and -.
pseudonym-taken = Somebody has this pseudonym. Choose another.

field-person = Pseudonym
field-pseudonym = Pseudonym (stands for you everywhere, also in public)
field-name = Name
field-password = Password
field-new-password = New password
field-token = Token
field-answer = Answer
field-pick = Evidence

field-missing = This is needed.
field-long = This is too long.
field-many = There are too many of these.
field-unknown = This is none of the values that can be chosen.
field-number = This must be a whole number.

unknown-title = Not found
unknown-text = There is nothing at this address, or nothing for you.
forbidden-title = Not for you
not-yours = Your role does not allow this here and now.
other-site = This came from another site or from an old page. Load the page again and send it from there.
token-reads-only = This token may only read.
wrong-title = Please correct this
wrong-text = Not done yet: something has to be corrected. What you entered is below.
stale-title = Changed in the meantime
stale-text = This was decided in another window or by another program after you opened the page. Nothing was overwritten. Look at what stands, then decide again.
conflict-title = This cannot be done now
once-used = Something else was sent under this name before. Load the page again.
too-many-title = Too many tries
too-many-text = { $minutes ->
    [one] Wait a minute, then try again.
   *[other] Wait { $minutes } minutes, then try again.
}
broken-title = Something failed on our side
broken-text = It was written to the log of the program. Nothing that was confirmed to you is lost. Try again, and tell the administrator if it stays.

said-saved = Saved.
said-decided = Decided.
said-sealed = Sealed.
said-signed-in = Signed in.
said-signed-out = Signed out.
said-password = The password is changed. Other sessions were ended.
said-added = Added.
said-begun = Begun.
said-ruled = Ruled.
said-signed-off = Signed off.
said-released = Released.
said-sent = Sent.

city = City
campaign = Campaign
round = Round
progress = Progress
due = Due
state = State

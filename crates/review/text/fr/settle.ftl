# Arbitrer et publier : villes, comparaison, arbitrages, validation, publications, réclamations, traçabilité, exports.

settled-signed-off = Ce tour de la ville est validé. Toute modification exige un nouveau tour.

cities-none = Il n’y a pas encore de campagne comportant des villes.
cities-caption = Chaque ville à son dernier tour
cities-slot = Évaluation
cities-slot-a = Évaluation A
cities-slot-b = Évaluation B
cities-differences = Divergences
cities-sealed-yes = Scellée
cities-sealed-no = Non scellée
cities-sealed-hidden = Non visible pour vous
cities-n-of-m = { $n } sur { $m } ({ $share } %)
cities-state-listed = Non attribuée
cities-state-assessing = En cours d’évaluation
cities-state-sealed = Deux évaluations scellées
cities-state-within = À arbitrer, en deçà du seuil
cities-state-over = Évaluateurs à entendre avant l’arbitrage, au-delà du seuil
cities-state-ruled = Entièrement arbitrée
cities-state-signed_off = Validée
cities-title = { $city }, tour { $round }
cities-compared = Comparaison
cities-share = { $n ->
    [0] Les évaluations ne divergent sur aucun des { $m } indicateurs : { $share } %.
    [one] Les évaluations divergent sur un indicateur sur { $m } : { $share } %.
   *[other] Les évaluations divergent sur { $n } indicateurs sur { $m } : { $share } %.
}
cities-rule = Le seuil est de { $threshold } % (règlement { $policy }). Une part supérieure dépasse le seuil ; une part d’exactement { $threshold } % ne le dépasse pas.
cities-rule-inclusive = Le seuil est de { $threshold } % (règlement { $policy }). Une part de { $threshold } % ou plus compte comme un dépassement.
cities-rule-least = { $n ->
    [0] Avec { $m } indicateurs, le seuil est donc dépassé quel que soit le nombre de divergences.
    [one] Avec { $m } indicateurs, le seuil est donc dépassé dès la première divergence.
   *[other] Avec { $m } indicateurs, le seuil est donc dépassé à partir de { $n } divergences.
}
cities-path-within = Cette ville est en deçà du seuil : un réviseur arbitre chaque divergence.
cities-path-over = Cette ville dépasse le seuil : cherchez d’abord une cause commune ; les deux évaluateurs sont entendus sur chaque divergence, puis un réviseur arbitre.
cities-path-none = Elle n’est pas encore comparée.
cities-rule-means = Dans les deux cas, chaque divergence fait l’objet d’un arbitrage. Le seuil détermine seulement la voie suivie ; il ne dit rien de la qualité des réponses.
cities-causes = Causes communes probables
cities-cause-reason = { $n ->
    [0] Motif « { $what } » dans aucune divergence
    [one] Motif « { $what } » dans une divergence
   *[other] Motif « { $what } » dans { $n } divergences
}
cities-cause-criterion = { $n ->
    [0] Critère « { $what } » dans aucune divergence
    [one] Critère « { $what } » dans une divergence
   *[other] Critère « { $what } » dans { $n } divergences
}
cities-cause-host = { $n ->
    [0] Preuves provenant de { $what } dans aucune divergence
    [one] Preuves provenant de { $what } dans une divergence
   *[other] Preuves provenant de { $what } dans { $n } divergences
}
cities-totals = Total des réponses des deux évaluations
cities-totals-hint = Des totaux égaux ne signifient pas des réponses identiques : les divergences se comptent indicateur par indicateur.
cities-by-criterion = Divergences par critère
cities-criterion = Critère
cities-no-differences = Les évaluations ne divergent sur aucun indicateur.
cities-item-hear = Évaluateurs à entendre
cities-item-rule = À arbitrer
cities-item-ruled = Arbitrée
cities-contradictions = Réponses concordantes qui contredisent ce que la machine tient pour presque certain
cities-no-contradictions = Il n’y en a aucune.

rule-first = Première réponse
rule-second = Seconde réponse
rule-take = Retenir comme preuve :
rule-name = Évaluateur :
rule-shown = Ce qui était montré de la machine
rule-assist-evidence_only = Les passages, sans sa réponse
rule-assist-reveal_after_commit = Les passages, puis sa réponse après la première décision
rule-assist-verdict_shown = Les passages et sa réponse
rule-assist-clean = Rien
rule-assist-mixed = Différent pour chacun des deux
rule-heard = Sur la divergence
rule-keeps = Maintient sa réponse
rule-concedes = Renonce à sa réponse
rule-absent = N’a pas pu être entendu : l’évaluateur est désactivé.
rule-no-evidence = Aucune des deux réponses ne renvoie à un passage.
rule-outcomes = Les deux réponses
rule-order-hint = Pour cet indicateur, l’ordre des deux réponses a été tiré au sort.
rule-machine = Ce que la machine a proposé
rule-no-machine = Elle n’a rien proposé ici.
rule-yours = Votre arbitrage
rule-answer = Réponse définitive
rule-evidence-hint = Un « oui » repose sur au moins un passage : choisissez-le ci-dessus, dans l’une des deux réponses ou parmi ce que la machine a proposé.
rule-send = Arbitrer
rule-ruled = Arbitrage rendu
rule-unheard = Cette ville dépasse le seuil. Avant l’arbitrage, il reste à entendre l’auteur de chacune des réponses suivantes :
rule-absent-hint = Si l’évaluateur est désactivé, signalez-le ici ; la réponse reste telle qu’elle a été donnée.
rule-absent-first = L’auteur de la première réponse ne peut plus être entendu
rule-absent-second = L’auteur de la seconde réponse ne peut plus être entendu
rule-heard-already = L’auteur de cette réponse n’a plus à être entendu.
rule-still-here = L’évaluateur est toujours actif et peut être entendu.
rule-agreed = Les deux évaluations concordent ici. Pour arbitrer, examinez d’abord la réponse dans l’échantillon et mettez-la en doute.
rule-show-names = Afficher les noms
rule-names-hint = Toute demande d’affichage des noms est inscrite au journal d’audit.

inspect-to = Examiner l’échantillon
inspect-title = { $city } : réponses concordantes à examiner
inspect-text = Les deux évaluateurs concordent sur ces réponses. Vérifiez tout de même qu’elles sont justes. Toute réponse mise en doute exige un arbitrage.
inspect-none = Il n’y a rien à examiner.
inspect-sample = Échantillon de réponses concordantes
inspect-count = { $n } sur { $m } examinées.
inspect-why-drawn = Tirée au sort.
inspect-why-contradicts = Elle contredit ce que la machine tient pour presque certain.
inspect-why-rare = La plupart des autres villes validées satisfont à cet indicateur.
inspect-question = La réponse est-elle juste ?
inspect-stands = La réponse est confirmée
inspect-doubted = La réponse est mise en doute
inspect-send = Enregistrer
inspect-differs = Les évaluations ne concordent pas ici ; un arbitrage est nécessaire.
inspect-needs-note = Indiquez ce que vous mettez en doute.

gates-title = Avant la validation
gate-passed = ✓ Fait
gate-lacking = ✗ À faire
gate-sealed = Les deux évaluations sont scellées
gate-compared = Elles sont comparées
gate-ruled = Chaque divergence est arbitrée
gate-sample = L’échantillon a été examiné
gate-doubts = Tout ce qui a été mis en doute est arbitré
gate-evidence = Chaque « oui » a une preuve, dont les mots figurent bien à l’endroit indiqué
gate-finals = Chaque indicateur a une réponse définitive

sign-off-to = Validation
sign-off-title = { $city } : validation
sign-off-done = Validée par
sign-off-digest = Empreinte des réponses définitives :
sign-off-lacks = La ville ne peut pas encore être validée :
sign-off-text = Tout est fait. Par votre validation, ces réponses deviennent définitives ; seul un nouveau tour pourra les modifier.
sign-off-send = Valider
sign-off-others = Tout est fait. La validation revient à un réviseur principal qui n’a ni évalué ni arbitré ici.
sign-off-unsigned = L’opération est enregistrée, mais le journal n’a pas pu être signé. Prévenez l’administrateur : elle sera couverte par la prochaine signature.

reopen-title = Réexaminer
reopen-text = Les indicateurs choisis sont soumis à un nouveau tour. Les réponses de ce tour restent inchangées et demeurent publiées jusqu’à une nouvelle publication.
reopen-cause-error-found = Une erreur a été constatée
reopen-cause-drift = Le portail a changé
reopen-cause-new-information = Il existe de nouvelles informations
reopen-send = Lancer un nouveau tour
reopen-not-signed = Seule une ville validée peut être réexaminée.
reopen-begun = Un nouveau tour de cette ville a déjà commencé. Menez-le d’abord à terme.
field-cause = Cause
field-codes = Indicateurs

release-none = Rien n’est encore publié.
release-caption = Publications, les plus récentes d’abord
release-number = Publication
release-at = Date
release-cities = Villes
release-reason = Motif
release-corrects = Corrections
release-corrects-n = Corrige la publication { $n }
release-corrected-by = Corrigée par la publication { $n }
release-old = Il existe une publication plus récente. Celle-ci reste consultable telle qu’elle a été publiée.
release-publish = Publier
release-publish-text = Une publication réunit toutes les villes de la campagne à leur dernier tour validé. Une correction est une nouvelle publication qui mentionne la précédente ; les deux restent consultables.
release-why = Motif de cette publication, à l’intention du public
release-send = Publier
release-same = Aucune ville n’a été validée depuis la dernière publication : il n’y a rien à publier.
release-title = { $campaign }, publication { $n }
release-publisher = Publiée par
release-instrument = Questionnaire
release-digest = Empreinte de la publication
release-ranked = Toutes les villes de la campagne figurent ici avec une réponse à chaque indicateur ; elles sont donc classées.
release-unranked = Il manque des villes ou des réponses de la campagne ; rien n’est donc classé et les villes figurent par ordre alphabétique.
release-scores = Scores
release-scores-of = Scores : nombre de « oui » sur les { $of } points du questionnaire
release-rank = Rang
release-score = Score
release-band = Niveau
release-notes = Remarques
release-points = { $n } sur { $of } ({ $share } %)
release-note-partial = Certains indicateurs n’ont pas de réponse.
release-note-over = Les divergences entre les évaluateurs dépassaient le seuil ; chacune a été arbitrée.
release-answers = Réponses à chaque indicateur
release-indicator = Indicateur
release-trace = Traçabilité

appeal-title = Une erreur à signaler ?
appeal-text = Désignez l’indicateur et l’endroit où se trouve l’information. Un réviseur l’examinera ; une réponse ne change que par un nouveau tour et une nouvelle publication.
appeal-url = Adresse de la page
appeal-url-wrong = Ce n’est pas une adresse web. Elle doit commencer par https:// ou http://.
field-comment = Commentaire
field-contact = Comment vous joindre (facultatif)
appeal-send = Envoyer
appeal-none = Aucune réclamation n’a encore été reçue.
appeal-reopen = Réexaminer lors d’un nouveau tour
appeal-decline = Rejeter
appeal-reopened = Réexamen décidé
appeal-declined = Rejetée
appeal-answer = Réponse
appeal-settle = Clore la réclamation
appeal-settled = Cette réclamation est déjà close.
field-outcome = Suite donnée

trace-title = { $city }, { $code } : du score aux octets
trace-release = Où cela a été publié
trace-sign-off = Qui a validé la ville
trace-ruling = Qui a arbitré
trace-decisions = Qui a répondu, chacun sous un pseudonyme
trace-differing = Ce que l’arbitrage tranche, chacun sous un pseudonyme
trace-evidence = À quoi renvoie la réponse
trace-no-evidence = À rien : un « non » ne renvoie à aucune page. Il repose sur les recherches indiquées ci-dessus.
trace-entry = Entrée { $n } du journal
trace-address = Adresse
trace-words = Mots
trace-stands = Ils figurent bien à l’endroit indiqué dans le texte de la page.
trace-stands-not = Ils ne figurent pas à l’endroit indiqué.
trace-no-place = Aucun endroit du texte n’est indiqué.
trace-record = Enregistrement dans les archives
trace-verify = Vérifier
trace-verify-text = Remonte de cette réponse aux octets archivés et contrôle chaque étape : empreintes, entrées du journal et signatures. L’opération prend un moment.
trace-verify-send = Lancer la vérification
trace-json = La même chose en JSON
trace-back = Retour à la page de traçabilité
trace-verified = { $city }, { $code } : vérification
trace-holds = Tout est conforme.
trace-holds-not = Tout n’est pas conforme. La page ci-dessous indique ce qui ne l’est pas.

drift-none = Aucun portail n’a été exploré de nouveau après une publication ; aucun changement n’est donc connu.
drift-text = Lorsqu’un portail est exploré de nouveau, les changements des pages sur lesquelles reposent des réponses publiées sont énumérés ici. Aucune réponse ne change d’elle-même.

agreement-text = Fréquence à laquelle les deux évaluateurs ont donné la même réponse, chacun de son côté, avant tout arbitrage. Seules comptent les villes dont les deux évaluations sont scellées ; deux « incertain » comptent comme une concordance, bien qu’un arbitrage soit nécessaire.
agreement-none = Aucune ville n’a encore ses deux évaluations scellées.
agreement-city-round = Ville (tour)

export-text = Tableaux CSV en UTF-8. Ils contiennent ce que vous êtes en droit de lire : les villes dont les deux évaluations sont scellées, ou ce qui est publié.
export-flavours = Pour les tableurs, les cellules qui commencent comme une formule sont précédées d’une apostrophe ; celle-ci disparaît lorsque le tableur enregistre le fichier. « Format brut » est destiné aux programmes.
export-raw = Format brut, pour les programmes
export-decisions = Décisions
export-finals = Réponses définitives
export-differences = Divergences

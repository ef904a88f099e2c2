# Préparation : personnes, campagnes, règlements, évaluations, explorations ; profil, aide et journal d'audit.

word-yes = oui
word-no = non
percent = { $n } %
line-says = Ligne { $line } : { $what }
slot-word = évaluation { $slot }

field-duty = Fonctions
field-key = Clé
field-title = Titre
field-portals = Liste des villes (CSV)
field-people = Liste des personnes
field-portal = Ville
field-slot = Évaluation
field-round = Tour
field-due = Échéance
field-instead = À la place de
field-first = Premier évaluateur
field-second = Second évaluateur
field-threshold = Seuil
field-clean = Part présentée sans la machine
field-inspected = Part examinée
field-reasons = Motifs
field-old-password = Mot de passe actuel
field-label = Usage prévu
field-scope = Droits accordés

people-caption = { $n ->
    [0] Aucune personne
    [one] Une personne
   *[other] { $n } personnes
}
people-pseudonym = Pseudonyme
people-since = depuis le
people-since-when = Depuis le
people-interests = Liens d’intérêts
people-active = compte actif
people-ended = compte désactivé depuis le
people-invited = invitation envoyée, mot de passe pas encore choisi
people-back = Toutes les personnes
people-invite = Inviter une personne
people-invite-text = La personne reçoit un lien à usage unique. C’est vous qui le lui transmettez ; Portolan n’envoie pas de courriel. Chacun apparaît sous son pseudonyme, y compris en public. Le nom n’est visible que des administrateurs et peut être effacé.
people-invite-send = Inviter
people-import = Inviter plusieurs personnes
people-import-text = Collez une liste comportant les colonnes pseudonym, name et duties, telle qu’un tableur l’enregistre au format CSV. Les fonctions (administrator, assessor, reviewer, senior, auditor, viewer) sont séparées par des espaces. Si une ligne est erronée, personne n’est ajouté et chaque ligne erronée est signalée. Aucune cellule n’est interprétée comme une formule.
people-import-list = Liste des personnes (CSV)
people-import-send = Inviter toutes ces personnes
people-import-none = La liste ne contient rien après sa première ligne.
pseudonym-formula = Un pseudonyme ne peut pas commencer par =, +, -, @ ou une tabulation.
pseudonym-twice = Le pseudonyme { $person } est déjà pris ou figure deux fois dans la liste.
csv-column = La colonne { $column } manque dans la première ligne. Celle-ci doit comporter pseudonym, name et duties.
csv-cells = Cette ligne compte plus de cellules que la première. Mettez entre guillemets droits toute cellule qui contient des virgules.
csv-form = Ce texte n’est pas au format CSV. Enregistrez la liste au format CSV (UTF-8) et collez-la de nouveau.
links-title = Liens à usage unique
links-text = Copiez chaque lien maintenant et transmettez-le par une voie sûre. Il ne sert qu’une fois, reste valable { $days } jours et ne sera plus affiché. S’il est perdu, créez-en un nouveau sur la page de la personne.
links-link = Lien
links-until = Valable jusqu’au

duty-administrator = Administrateur
duty-administrator-text = gère les personnes, les campagnes et les explorations, et ne prend aucune décision d’évaluation
duty-assessor = Évaluateur
duty-assessor-text = répond aux indicateurs d’une ville, indépendamment de tous les autres
duty-reviewer = Réviseur
duty-reviewer-text = arbitre lorsque deux évaluateurs divergent
duty-senior = Réviseur principal
duty-senior-text = valide les villes et publie
duty-auditor = Auditeur
duty-auditor-text = lit tout ce qui est scellé, sans rien modifier
duty-viewer = Lecteur
duty-viewer-text = lit ce qui est publié
duty-hint = Un administrateur ne peut pas être également évaluateur, réviseur ou réviseur principal.
duty-apart = Un administrateur ne prend aucune décision d’évaluation : cette personne ne peut pas être en même temps évaluateur, réviseur ou réviseur principal. Choisissez l’un ou l’autre.
duty-last = C’est le dernier administrateur qui peut se connecter. Nommez d’abord un autre administrateur.
duty-unknown = « { $word } » n’est pas une fonction. Les fonctions sont administrator, assessor, reviewer, senior, auditor et viewer.

person-save = Enregistrer le nom et les fonctions
person-sessions-end = Si les fonctions changent, toutes les sessions de la personne sont fermées.
person-access = Accès
person-link-text = Pour une personne qui a oublié son mot de passe ou perdu son premier lien. Les liens créés auparavant cessent de fonctionner.
person-link = Créer un nouveau lien à usage unique
person-is-ended = Cette personne est désactivée. Réactivez-la d’abord.
person-deactivate-text = Les sessions d’une personne désactivée sont fermées et elle ne peut plus se connecter. Ses décisions sont conservées.
person-deactivate = Désactiver
person-activate = Réactiver
person-erase-text = L’effacement du nom est irréversible. Le pseudonyme est conservé, car des décisions y sont rattachées.
person-erase = Effacer le nom
person-slots = Évaluations confiées

interests-title = Villes avec lesquelles cette personne a un lien d’intérêts
interests-text = Nul ne peut évaluer ni valider une ville pour laquelle il travaille, dont il tire ses revenus ou à laquelle le rattache un autre intérêt, ni y arbitrer.
interests-none = Aucun lien n’est déclaré.
interests-no-cities = Il n’y a pas encore de campagne, donc aucune ville à choisir.
interest-note = Nature du lien
interest-declare = Déclarer
interest-withdraw = Retirer
interest-twice = Ce lien est déjà déclaré.

campaigns-none = Il n’y a pas encore de campagne.
campaigns-caption = Campagnes
campaigns-instrument = Instrument
campaigns-begun = lancée le
campaigns-begun-when = Date de lancement
campaigns-assigned = Deux évaluations attribuées
campaigns-sealed = Deux évaluations scellées
campaigns-signed-off = Validées
campaigns-begin = Lancer une campagne
campaigns-begin-text = Une campagne applique l’instrument « { $instrument } » à une liste de villes. Cette liste ne peut plus être modifiée ensuite.
campaigns-key-hint = Un nom court pour les adresses et les fichiers : a à z, 0 à 9, - et _.
campaigns-list-hint = Une ville par ligne. Seuls id, city, country et home sont obligatoires. Chaque ligne erronée est signalée et votre saisie est conservée.
campaigns-key-wrong = Une clé ne comporte que a à z, 0 à 9, - et _.
campaigns-key-taken = Une campagne porte déjà cette clé. Choisissez-en une autre.
campaigns-list-empty = La liste ne contient aucune ville.
campaigns-home = Page d’accueil
campaigns-cities = { $n ->
    [0] Aucune ville
    [one] Une ville
   *[other] { $n } villes
}
city-listed = inscrite
city-assessing = en cours d’évaluation
city-sealed = deux évaluations scellées
city-within = divergences en deçà du seuil
city-over = divergences au-delà du seuil
city-ruled = arbitrée, en attente de validation
city-signed-off = validée

policy-title = Règlement
policy-latest = Règlement { $no } en vigueur, établi par { $person } le
policy-text = Une modification prend effet dès maintenant et constitue un règlement distinct. Les comparaisons antérieures restent régies par le règlement sous lequel elles ont été faites.
policy-no = Règlement { $no }
policy-history = Tous les règlements
policy-threshold = Seuil, en pourcentage des indicateurs
policy-threshold-hint = Lorsque la part des divergences dépasse ce seuil, les deux évaluateurs sont entendus avant l’arbitrage d’un réviseur.
policy-inclusive = Une part exactement égale au seuil compte comme un dépassement
policy-assist = Ce que les évaluateurs voient de la machine
assist-evidence-only = Les passages en ordre neutre, sans la réponse de la machine
assist-reveal-after-commit = Les mêmes, puis la réponse de la machine une fois leur décision prise
assist-verdict-shown = Les passages avec la réponse de la machine
assist-clean = Rien de la machine
policy-clean = Part des indicateurs présentés sans la machine, en pourcentage
policy-clean-hint = Les indicateurs sont tirés au sort pour chaque évaluateur. On voit ainsi si la machine est fiable et si elle influence les personnes.
policy-inspected = Part des réponses concordantes examinées par un réviseur, en pourcentage
policy-own-rulings = La personne qui a arbitré pour une ville peut la valider
policy-reasons = Motifs proposés
policy-reasons-hint = Un par ligne : a à z, 0 à 9 et _.
policy-reason-wrong = « { $word } » n’est pas un code de motif : 60 caractères au plus parmi a à z, 0 à 9 et _.
policy-share-wrong = Indiquez un nombre de 0 à 100.
policy-same = Ce règlement est déjà en vigueur.
policy-set = Établir le règlement

assign-title = Attribuer les évaluations
assign-text = Chaque ville fait l’objet de deux évaluations, A et B, dont les évaluateurs travaillent séparément et ne se voient pas. Tous deux reçoivent les mêmes propositions de la machine ; elles sont figées dès que la première évaluation est attribuée.
assign-nobody = Aucun évaluateur n’est actif. Invitez-en d’abord un :
assign-slots = Évaluations
assign-slot = Évaluation
assign-open = non scellée
assign-sealed = scellée
assign-interested = lien d’intérêts déclaré
assign-one = Une seule évaluation
assign-instead = À la place de
assign-instead-hint = Uniquement si l’évaluation est déjà confiée à quelqu’un : indiquez son pseudonyme. Son travail est conservé mais ne compte plus ; le nouvel évaluateur reprend depuis le début.
assign-instead-other = Cette évaluation est confiée à { $person }. Pour la transférer, indiquez ce pseudonyme sous « À la place de ».
assign-instead-nobody = Cette évaluation n’est confiée à personne. Laissez ce champ vide.
assign-send = Attribuer l’évaluation
assign-pairs = Deux évaluateurs pour toutes les villes non attribuées
assign-pairs-text = { $n ->
    [0] Chaque ville a un évaluateur.
    [one] Une ville n’a pas d’évaluateur.
   *[other] { $n } villes n’ont pas d’évaluateur.
}
assign-first = Évaluation A
assign-second = Évaluation B
assign-most = Nombre maximal de villes (vide : toutes)
assign-pairs-send = Attribuer aux deux évaluateurs
assign-pairs-done = { $n ->
    [0] Aucune ville n’a été attribuée.
    [one] Une ville a été attribuée.
   *[other] { $n } villes ont été attribuées.
}
assign-left = { $n ->
    [0] Aucune ville n’a été laissée de côté
    [one] Une ville a été laissée de côté
   *[other] { $n } villes ont été laissées de côté
}
assign-same = Les deux évaluations d’une ville doivent être confiées à deux personnes différentes.
assign-lacking = Villes auxquelles il manque un évaluateur
assign-lacking-none = Aucune.
assign-round = La ville en est au tour { $no }.
assign-due-wrong = Indiquez la date sous la forme 2026-11-30.
assign-signed-off = Ce tour de la ville est validé.
assign-slot-sealed = Cette évaluation est scellée : ses réponses sont définitives et son évaluateur ne change plus.
assign-too-early = L’évaluation C est réservée aux villes dont les évaluations A et B sont toutes deux scellées.
assign-no-assessor = Ce pseudonyme n’est pas celui d’une personne active ayant la fonction d’évaluateur.
assign-has-interest = Cette personne a déclaré un lien d’intérêts avec la ville.
assign-has-slot = Cette personne a, ou a eu, une évaluation de cette ville pour ce tour.
assign-has-ruled = Cette personne est déjà intervenue pour cette ville (arbitrage, examen, validation ou réouverture).

surveys-title = Explorations
surveys-none = Aucune exploration pour le moment.
survey-title = Exploration { $no }
survey-start-text = { $n ->
    [0] Aucune ville, donc aucun site à explorer.
    [one] Une exploration visite le site de l’unique ville, en respectant ses règles pour les robots. Comptez environ un quart d’heure par ville, plusieurs à la fois ; elle se poursuit pendant que vous faites autre chose.
   *[other] Une exploration visite les sites des { $n } villes, en respectant leurs règles pour les robots. Comptez environ un quart d’heure par ville, plusieurs à la fois ; elle se poursuit pendant que vous faites autre chose.
}
survey-start = Lancer une exploration
survey-under-way = en cours
survey-halted = inachevée : elle a été arrêtée, ou le programme s’est terminé. Ce qui a été capturé est conservé.
survey-finished = terminée
survey-as-of = Situation au
survey-look-again = Actualiser
survey-stop-text = Les visites en cours sont d’abord menées à terme. Ce qui a été capturé est conservé.
survey-stop = Arrêter l’exploration
survey-told = Derniers messages
survey-runs = { $n ->
    [0] Aucun site
    [one] Un site
   *[other] { $n } sites
}
survey-captured = Pages capturées
survey-shared = Déjà capturées
survey-missed = Échecs
survey-refused = Non visitées
survey-kilobytes = Kilo-octets
survey-hosts = { $n ->
    [0] Aucun hôte
    [one] Rythme d’un hôte
   *[other] Rythme de { $n } hôtes
}
survey-host = Hôte
survey-answers = Délai de réponse (ms)
survey-slowed = Ralenti
survey-blocks = Refus consécutifs
survey-next = Pas de visite avant
survey-host-stopped = plus sollicité
run-running = en cours, ou interrompue
run-finished = terminée
run-stopped = arrêtée
run-failed = en échec
miss-blocked = refus du site
miss-robots = interdit aux robots
miss-timeout = pas de réponse à temps
miss-dns = nom introuvable
miss-connect = pas de connexion
miss-tls = pas de connexion sécurisée
miss-server = erreur du serveur
miss-not-found = page inexistante
miss-redirect = redirections sans fin
miss-forbidden = adresse privée ou hôte exclu
miss-too-large = trop volumineux
miss-malformed = illisible
miss-stopped = hôte plus sollicité
miss-budget = quota épuisé

me-title = Profil
me-choices = Langue, apparence et raccourcis
me-language = Langue
language-browser = Celle du navigateur
me-theme = Couleurs
theme-auto = Selon l’appareil
theme-light = Clair
theme-dark = Sombre
me-size = Taille du texte
size-normal = Normale
size-large = Grande
size-larger = Très grande
me-shortcuts = Raccourcis clavier
shortcuts-on = Activés
shortcuts-off = Désactivés : aucune touche seule n’a d’effet
me-keys = Choisir d’autres touches
me-keys-hint = Un caractère par action, sans chiffre ni doublon ; un champ vide signifie aucune touche.
me-save = Enregistrer
me-password-hint = Toutes les autres sessions seront fermées.
me-password-send = Changer le mot de passe
me-password-wrong = Ce n’est pas votre mot de passe.
me-session-only = Cette page est réservée aux personnes connectées ; un programme muni d’un jeton n’y a pas accès.
me-interests-text = Déclarez chaque ville pour laquelle vous travaillez, dont vous tirez vos revenus ou à laquelle vous rattache un autre intérêt : aucune évaluation de cette ville ne vous sera confiée et vous ne pourrez pas y arbitrer. Seul un administrateur peut retirer une déclaration.
me-sessions = Vos sessions ouvertes
me-session-seen = dernière utilisation
me-session-this = cette session
me-session-end = Fermer cette session
me-tokens = Jetons pour programmes
me-tokens-text = Avec un jeton, l’un de vos programmes peut lire, ou aussi écrire, tout ce à quoi vous avez droit. Toutes les pages existent en JSON sous /api/v1.
me-token-end = Révoquer ce jeton
me-token-make = Créer un jeton
scope-read = Lecture seule
scope-write = Lecture et écriture
token-title = Nouveau jeton
token-text = Copiez le jeton maintenant : il ne sera plus affiché.
token-shown = Ce jeton a déjà été créé et affiché. S’il est perdu, révoquez-le et créez-en un autre.

keys-caption = Touches de la page de décision d’un indicateur
keys-key = Touche
keys-does = Effet
keys-none = aucune
key-next = Indicateur suivant
key-previous = Indicateur précédent
key-next-candidate = Passage suivant
key-previous-candidate = Passage précédent
key-yes = Choisir « oui »
key-no = Choisir « non »
key-unclear = Choisir « incertain »
key-blocked = Choisir « bloqué »
key-reject = Ne pas retenir le passage
key-replace = Remplacer par un autre passage
key-evidence = Ajouter une preuve
key-quote = Utiliser le texte sélectionné
key-text = Voir le texte de la page
key-page = Voir la page telle qu’elle était
key-live = Voir la page telle qu’elle est maintenant
key-note = Rédiger une note
key-guidance = Lire les consignes
key-undo = Annuler le choix, avant de décider
key-find = Chercher dans la capture
key-list = Afficher les touches
key-commit = Décider et continuer
key-wrong = Un seul caractère qui ne soit pas un chiffre, ou rien.
key-taken = La touche { $key } a déjà un autre effet.

help-on-page = Sur cette page
help-steps = Déroulement d’une campagne
help-words = Vocabulaire
help-keys = Touches
help-ask = À qui s’adresser
help-blind = Tant que les deux évaluateurs d’une ville n’ont pas scellé leurs réponses, personne d’autre n’en voit aucune : ni l’autre évaluateur, ni un réviseur, ni un administrateur.
help-keys-text = Tout peut se faire à la souris, au toucher ou avec la seule touche de tabulation. Les touches ci-dessous sont plus rapides. Elles n’agissent que dans la partie de la page où vous décidez, jamais pendant la saisie, ni en combinaison avec Ctrl ou Alt. Une lettre ne fait que choisir ; décider est une seconde étape.
help-keys-off = Vous avez désactivé les touches.
help-keys-switch = Choisissez d’autres touches, ou désactivez-les toutes, dans votre profil.
help-ask-text = Adressez-vous à l’administrateur qui vous a invité. Les consignes de chaque indicateur figurent sur la page où vous décidez ; si un doute subsiste, répondez « incertain » et expliquez pourquoi dans la note : un réviseur la lira.
help-step-people = Personnes
help-step-people-text = Un administrateur invite les personnes. Chacune déclare les villes avec lesquelles elle a un lien d’intérêts.
help-step-campaign = Campagne
help-step-campaign-text = Un administrateur fournit la liste des villes et établit le règlement.
help-step-survey = Exploration
help-step-survey-text = La machine visite les sites, conserve ce qu’elle capture et propose des passages pour chaque indicateur.
help-step-assign = Attribution
help-step-assign-text = Chaque ville est confiée à deux évaluateurs, qui travaillent séparément.
help-step-decide = Décisions
help-step-decide-text = Chaque évaluateur répond à tous les indicateurs. Un « oui » renvoie à un passage ; un « non » indique où l’on a cherché.
help-step-seal = Scellement
help-step-seal-text = L’évaluateur qui a répondu à tout scelle son évaluation. Une fois les deux évaluations scellées, les réponses sont comparées.
help-step-rule = Arbitrage
help-step-rule-text = Lorsque les deux réponses divergent, un réviseur qui n’a rien évalué dans cette ville arbitre. Si les divergences sont trop nombreuses, les deux évaluateurs sont d’abord entendus.
help-step-sign-off = Validation
help-step-sign-off-text = Un réviseur principal valide la ville ; dès lors, ses réponses ne changent plus.
help-step-release = Publication
help-step-release-text = Les villes validées sont publiées avec leurs preuves. Une correction donne lieu à une nouvelle publication ; l’ancienne reste consultable.
help-word-instrument = instrument
help-word-instrument-text = une édition du questionnaire : ses critères et ses indicateurs
help-word-indicator = indicateur
help-word-indicator-text = une question à laquelle on répond par oui ou par non, désignée par son numéro
help-word-campaign = campagne
help-word-campaign-text = un instrument appliqué à une liste de villes, avec son règlement
help-word-portal = portail
help-word-portal-text = le site d’une ville
help-word-survey = exploration
help-word-survey-text = une visite, par la machine, de tous les sites d’une campagne
help-word-capture = capture
help-word-capture-text = une page telle qu’elle a été reçue, conservée avec sa date et son empreinte
help-word-miss = échec
help-word-miss-text = une page qui n’a pas pu être obtenue, avec le motif
help-word-finding = constat
help-word-finding-text = ce que la machine propose pour un indicateur
help-word-evidence = preuve
help-word-evidence-text = un passage d’une capture, et ce qui en fait la valeur
help-word-coverage = couverture
help-word-coverage-text = ce qui a été vu et ce qui a manqué ; toute conclusion d’absence en dépend
help-word-assignment = évaluation
help-word-assignment-text = l’un des deux examens indépendants d’une ville, A ou B, confié à un évaluateur
help-word-decision = décision
help-word-decision-text = la réponse d’un évaluateur à un indicateur
help-word-seal = scellement
help-word-seal-text = la déclaration par laquelle un évaluateur atteste que toutes les réponses d’une évaluation sont données ; elles ne changent plus
help-word-comparison = comparaison
help-word-comparison-text = les réponses des deux évaluations, côte à côte
help-word-ruling = arbitrage
help-word-ruling-text = la réponse définitive d’un réviseur lorsque deux réponses divergent
help-word-sign-off = validation
help-word-sign-off-text = l’attestation, par un réviseur principal, que le travail sur une ville est achevé
help-word-release = publication
help-word-release-text = ce qui a été publié à un moment donné
help-word-score = score
help-word-score-text = le nombre de « oui » rapporté au nombre d’indicateurs

audit-own = Vous voyez vos propres actions.
audit-caption = Actions effectuées, les plus récentes d’abord
audit-none = Rien.
audit-no = N°
audit-at = Date
audit-action = Action
audit-object = Objet
audit-detail = Détails
audit-digest = Empreinte
audit-older = Plus anciennes
audit-verify = Vérifier la chaîne
audit-export = Télécharger (JSON lines)
audit-whole = { $n ->
    [0] Aucune ligne.
    [one] Une seule ligne, et elle est cohérente.
   *[other] { $n } lignes, et chacune s’enchaîne avec la précédente.
}
audit-broken = La ligne { $no } ne s’enchaîne pas : cette ligne, ou une ligne antérieure, a été modifiée, supprimée ou insérée. Prévenez un auditeur avant toute autre action.
audit-last = Empreinte de la dernière ligne cohérente
audit-keep = Notez ailleurs le numéro et l’empreinte : quiconque supprimerait plus tard les dernières lignes ne pourrait pas obtenir les mêmes.
assign-unsurveyed = Cette ville n’a pas encore été explorée. Explorez-la d’abord : ce qui est montré aux évaluateurs est figé lors de l’attribution.
survey-first = Explorez d’abord les villes, puis attribuez-les aux évaluateurs : ce qu’ils voient est alors figé.
links-local = Cette adresse ne fonctionne que sur cet ordinateur. Lancez le programme avec --listen et --origin pour que d’autres puissent y accéder.
links-open = Ouvrir
run-unreached = non atteint

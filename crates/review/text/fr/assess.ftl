# L'évaluateur : travail, évaluation, décision, preuves, divergences.

work-none = Aucune ville ne vous est encore attribuée.
work-caption = Vos villes
to-rebut = { $n ->
    [0] Aucune divergence à commenter
    [one] Une divergence à commenter
   *[other] { $n } divergences à commenter
}
state-slot-open = Ouverte
state-slot-sealed = Scellée : vos réponses sont définitives.
n-of-m-decided = Décisions : { $n } sur { $m }
live-home = Le portail de la ville tel qu’il est maintenant
go-on = Continuer
sealed-on = Scellée le
to-seal = Sceller…
show-all = Tous
show-open = À décider
show-yes = Oui
show-no = Non
show-unclear = Incertain
show-blocked = Bloqué
answer-yes = Oui
answer-no = Non
answer-unclear = Incertain
answer-blocked = Bloqué
answer-draft = Brouillon
answer-open = À décider
seal-title = Sceller l’évaluation : { $city }
seal-text = Vous avez répondu à tous les indicateurs. Une fois l’évaluation scellée, vos réponses ne pourront plus être modifiées ; elles seront comparées à celles de l’autre évaluateur lorsque les deux évaluations seront scellées.
seal-independent = J’ai donné ces réponses par moi-même, sans connaître celles de l’autre évaluateur.
seal-send = Sceller
seal-lacking = { $n ->
    [0] Tous les indicateurs sont décidés.
    [one] Un indicateur reste à décider :
   *[other] { $n } indicateurs restent à décider :
}
seal-lacks = Des indicateurs restent à décider.
what-counts = Ce qui compte
not-enough = Ce qui ne suffit pas
scope-portal = Seul compte ce qui se trouve sur le portail ou ce vers quoi il renvoie.
scope-any = Tous les canaux de la ville comptent, le portail en premier.
machine-says = Réponse de la machine :
evidence = Preuves
clean-text = Cet indicateur est présenté sans rien de ce que la machine a trouvé, afin de savoir ce que l’on trouve par soi-même. Consultez le portail et ajoutez ce que vous trouvez.
no-candidates = { $pages ->
    [0] La machine n’a consulté aucune adresse et ne propose rien ici. Cela ne vaut pas un « non » : cherchez vous-même.
    [one] La machine a consulté une adresse et ne propose rien ici. Cela ne vaut pas un « non » : cherchez vous-même.
   *[other] La machine a consulté { $pages } adresses et ne propose rien ici. Cela ne vaut pas un « non » : cherchez vous-même.
}
not-surveyed = Cette ville n’a pas encore été explorée. Consultez le portail et ajoutez ce que vous trouvez.
use-this = Retenir ce passage :
captured = Date de capture
language = Langue
digest = Empreinte
click-path = Chemin depuis la page d’accueil
see-text = Texte capturé
see-page = Page capturée
see-live = Page en ligne (peut différer)
add-evidence = Ajouter ou remplacer une preuve
your-answer = Votre réponse
field-reason = Motif
field-trail = Où vous avez cherché
field-note = Note
reason-none = –
trail-hint = Pour un « non » : les autres endroits consultés, une adresse ou une recherche par ligne.
decide = Décider et continuer
keep-draft = Garder en brouillon
previous = Précédent
next = Suivant
you-decided = Votre décision
yes-needs-evidence = Un « oui » exige au moins un passage d’une page capturée. Choisissez-en un ou ajoutez-en un.
no-needs-trail = Un « non » doit indiquer où vous avez cherché : au moins une adresse ou une recherche.
needs-reason = Indiquez un motif.
reason-not_found_after_search = Introuvable après recherche
reason-info_only_not_service = Information seulement, pas le service
reason-partial = Une partie seulement
reason-outdated = Périmé
reason-wrong_portal = Mauvais portail
reason-wrong_entity = Relève d’un autre organisme, pas de la ville
reason-national_not_local = National, et non local
reason-third_party_site = Site d’un tiers
reason-other_language = Dans une langue que je ne lis pas
reason-link_dead = Lien rompu
reason-login_wall = Accessible seulement après connexion
reason-machine_misread = Mal interprété par la machine
reason-duplicate = Doublon
reason-definition_unclear = Définition peu claire
rebuttals-title = Divergences
overruled-title = Réponses écartées
see-evidence = Chercher dans les pages capturées
drop-passage = Ne pas retenir ce passage
views = Vues de la page capturée
address = Adresse
receipt-saving = Enregistrement…
receipt-saved = Enregistré : { $time }
receipt-unsaved = Pas encore enregistré : la connexion est interrompue. Votre saisie est conservée dans ce navigateur et sera envoyée dès son rétablissement.
receipt-queued = Votre décision est en attente dans ce navigateur et sera envoyée dès que la connexion sera rétablie.
receipt-sent = Envoyé : { $time }. Votre décision est enregistrée.
receipt-refused = Votre décision n’a pas été enregistrée. Rechargez la page, consultez la décision en vigueur et décidez de nouveau.
receipt-restored = Votre dernière saisie ({ $time }) n’était pas encore enregistrée. Elle a été rétablie.
find = Chercher
find-words = Chercher dans ce texte
found-n = { $n ->
    [0] Aucune occurrence
    [one] Une occurrence
   *[other] { $n } occurrences
}
found-none = Ces mots ne figurent pas dans le texte capturé. L’orthographe et les accents doivent être identiques ; les majuscules et les sauts de ligne ne comptent pas.
found-several = Ces mots y figurent plus d’une fois. Indiquez le début et la fin, ou davantage de mots.
show-place = Afficher
use-passage = Utiliser ce passage
to-passage = Aller au passage marqué
parts = Parties du texte
previous-part = Partie précédente
next-part = Partie suivante
text-none = Il n’existe pas de texte pour cette page capturée.
choose-title = Choisir un passage
field-words = Mots tels qu’ils figurent dans le texte
words-hint = Saisissez-les, collez-les ou sélectionnez-les dans le texte ci-dessus. S’ils y figurent plus d’une fois, vous choisirez l’occurrence.
places = Ou par position
places-hint = Caractères comptés depuis le début du texte ; la fin est le premier caractère qui n’en fait plus partie.
field-start = Début
field-end = Fin
passage-wrong = Indiquez des mots du texte, 2 000 caractères au plus.
static-hint = Une copie sans scripts, images, formulaires ni liens, afin que rien de la page capturée ne puisse s’exécuter ici. Les textes des images sont affichés à leur place.
static-title = Copie statique de la page capturée
static-alone = La copie seule
search-captures = Chercher dans les pages capturées
search-words = Mots
search-hint = La recherche porte sur les adresses et les textes de liens de toutes les pages capturées pour cette ville, ainsi que sur le texte de celles qui ont été proposées comme preuves ou que vous avez ajoutées.
captures-n = { $n ->
    [0] Aucun résultat
    [one] Une page capturée
   *[other] { $n } pages capturées
}
in-text = dans le texte
added-title = Pages que vous avez ajoutées
added-none = Aucune pour le moment.
fetch-title = Ajouter une page
fetch-hint = Collez l’adresse d’une page publique. Elle est récupérée une seule fois depuis ce serveur et conservée, comme les pages de l’exploration. Vous seul la voyez jusqu’à ce que les deux évaluations soient scellées.
fetch-send = Récupérer et conserver
field-url = Adresse de la page
url-wrong = Ce n’est pas une adresse web publique. Elle doit commencer par http:// ou https:// et ne contenir ni nom d’utilisateur ni mot de passe.
fetch-not-surveyed = Il n’est pas encore possible d’ajouter une page : cette ville n’avait pas été explorée lorsqu’elle vous a été attribuée. Demandez une exploration.
fetch-refused = La page n’a pas été conservée : { $why }
rebuttals-unsealed = La comparaison vous sera ouverte lorsque les deux évaluations seront scellées.
rebuttals-within = Les réponses divergent si peu qu’un réviseur arbitre chaque divergence sans vous entendre. Vous verrez ici plus tard quelles réponses ont été écartées.
rebuttals-over = Les réponses divergent plus que la campagne ne l’admet. Pour chaque divergence, indiquez si vous maintenez votre réponse ; un réviseur en prend connaissance avant d’arbitrer. Votre réponse elle-même reste inchangée.
own-answer = Votre réponse
other-answer = L’autre réponse
final-answer = Réponse définitive
field-stance = Quelle est votre position ?
stance-keep = Je maintiens ma réponse
stance-concede = L’autre réponse est la bonne
said-keep = Vous maintenez votre réponse.
said-concede = Vous reconnaissez l’autre réponse comme la bonne.
field-why = Pourquoi
rebuttal-send = Envoyer
rebuttal-late = Un réviseur a déjà arbitré ce point.
rebuttal-once = Vous vous êtes déjà exprimé sur cette divergence.
rebuttal-none = Il n’y a ici aucune divergence sur laquelle vous soyez entendu.
rebuttal-why = Indiquez pourquoi vous maintenez votre réponse.
overruled-later = Vous verrez ici quelles réponses ont été écartées une fois la ville validée.
overruled-n = { $n ->
    [0] Aucune de vos réponses n’a été écartée.
    [one] Une de vos réponses a été écartée.
   *[other] { $n } de vos réponses ont été écartées.
}
last-saved = Dernier enregistrement
looked-title = La machine a cherché ici. Cochez ce que vous avez vous-même consulté.
decide-refused = Pas encore décidé. Votre saisie est conservée comme brouillon.
live-none = Le nom de ce site est réservé aux exemples : il n’y a pas de page en ligne.
passages = { $n ->
    [one] { $n } passage
   *[other] { $n } passages
}
see-file = Le fichier tel que reçu

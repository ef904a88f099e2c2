# Mots et messages communs à tous les écrans.

number = { $n }
n-of-m = { $n } sur { $m }

skip = Aller au contenu
nav = Menu principal
nav-work = Mes évaluations
nav-cities = Villes
nav-campaigns = Campagnes
nav-people = Personnes
nav-appeals = Réclamations
nav-drift = Changements
nav-agreement = Concordance
nav-exports = Exports
nav-audit = Journal d’audit
nav-releases = Publications
nav-help = Aide
crumbs = Vous êtes ici
steps = Étapes
filter = Filtrer

sign-in = Se connecter
sign-out = Se déconnecter
sign-in-needed = Connectez-vous pour continuer.
sign-in-wrong = Le pseudonyme ou le mot de passe est incorrect.
kept-while-out = Votre session a pris fin. Votre saisie est conservée : vous pourrez l’envoyer de nouveau une fois la connexion établie.
kept-title = Votre saisie
kept-text = Votre session a pris fin avant l’envoi. Rien n’a encore été enregistré. Vérifiez votre saisie et envoyez-la de nouveau.
what-you-sent = Ce que vous avez envoyé
send-again = Envoyer de nouveau
start-over = Recommencer
to-start = Retour à l’accueil

setup-title = Premier administrateur
setup-text = Portolan fonctionne ici pour la première fois. Le jeton s’est affiché à l’endroit où le programme a été lancé. Le premier administrateur gère les personnes et les campagnes, et ne prend aucune décision d’évaluation.
setup-send = Créer l’administrateur
welcome-title = Choisir un mot de passe
welcome-text = Ce lien ne sert qu’une fois. Vous apparaîtrez sous le pseudonyme
welcome-send = Enregistrer le mot de passe et se connecter
password-hint = Au moins 12 caractères ; une phrase est facile à retenir. Vous pouvez coller un mot de passe depuis un gestionnaire.
password-short = Le mot de passe compte moins de 12 caractères.
password-long = Le mot de passe compte plus de 256 caractères.
password-common = Ce mot de passe est de ceux que l’on essaie en premier. Choisissez-en un autre.
password-name = Le mot de passe contient le pseudonyme. Choisissez-en un autre.
link-wrong = Ce jeton ou ce lien est incorrect, déjà utilisé ou expiré. Demandez-en un nouveau à l’administrateur.
pseudonym-wrong = Un pseudonyme compte au moins deux caractères, sans espace : seulement a à z, 0 à 9 et -.
pseudonym-taken = Ce pseudonyme est déjà pris. Choisissez-en un autre.

field-person = Pseudonyme
field-pseudonym = Pseudonyme (il vous représente partout, y compris en public)
field-name = Nom
field-password = Mot de passe
field-new-password = Nouveau mot de passe
field-token = Jeton
field-answer = Réponse
field-pick = Preuve

field-missing = Ce champ est obligatoire.
field-long = Ce texte est trop long.
field-many = Les valeurs sont trop nombreuses.
field-unknown = Cette valeur ne figure pas parmi les choix possibles.
field-number = Indiquez un nombre entier.

unknown-title = Page introuvable
unknown-text = Il n’y a rien à cette adresse, ou rien qui vous soit accessible.
forbidden-title = Accès non autorisé
not-yours = Vos fonctions ne vous autorisent pas à faire cela ici et maintenant.
other-site = Cette demande provient d’un autre site ou d’une page périmée. Rechargez la page et renouvelez l’envoi.
token-reads-only = Ce jeton ne permet que la lecture.
wrong-title = Saisie à corriger
wrong-text = L’action n’a pas encore eu lieu : une correction est nécessaire. Votre saisie figure ci-dessous.
stale-title = Modifié entre-temps
stale-text = Une décision a été prise ici dans une autre fenêtre ou par un autre programme après l’ouverture de votre page. Rien n’a été écrasé. Consultez la décision en vigueur, puis décidez de nouveau.
conflict-title = Cette action n’est pas possible pour le moment
once-used = Un autre contenu a déjà été envoyé sous ce nom. Rechargez la page.
too-many-title = Trop de tentatives
too-many-text = { $minutes ->
    [one] Patientez une minute, puis réessayez.
   *[other] Patientez { $minutes } minutes, puis réessayez.
}
broken-title = Une erreur s’est produite de notre côté
broken-text = Elle a été consignée dans le journal du programme. Rien de ce qui vous a été confirmé n’est perdu. Réessayez et, si l’erreur persiste, prévenez l’administrateur.

said-saved = Enregistré.
said-decided = Décision enregistrée.
said-sealed = Évaluation scellée.
said-signed-in = Connexion établie.
said-signed-out = Déconnexion effectuée.
said-password = Le mot de passe a été modifié. Les autres sessions ont été fermées.
said-added = Ajouté.
said-begun = Lancement effectué.
said-ruled = Arbitrage enregistré.
said-signed-off = Ville validée.
said-released = Publication effectuée.
said-sent = Envoyé.

city = Ville
campaign = Campagne
round = Tour
progress = Avancement
due = Échéance
state = État

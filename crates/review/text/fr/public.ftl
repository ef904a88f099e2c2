# La page d'une ville : pour le bureau d'un maire, sans mots d'initiés.

sheet-title = { $city } : les résultats en une page
sheet-open = Résultats en une page
sheet-edit = Modifier les messages
sheet-release = publication { $n }
sheet-score = Résultat
sheet-of-points = points sur { $of }
sheet-percent = { $share } %
sheet-level = niveau :
sheet-levels = Niveaux :
sheet-rank = Rang { $rank } sur { $cities } villes
sheet-rank-shared = Rang { $rank } sur { $cities } villes, ex æquo à { $sharing }
sheet-unranked = Pas de rang : toutes les villes ne sont pas encore publiées.
sheet-criteria = Points par thème
sheet-first = Par où commencer
sheet-first-text = Chacun de ces éléments manque sur le site de la ville et rapporte un point ; les plus faciles d'abord. Les { $count } ensemble : { $n } points sur { $of } ({ $share } %).
sheet-whole = Rien ne manque : la ville a tout ce qui était demandé. À tenir à jour.
sheet-steps = Premiers pas
sheet-effort = Effort :
sheet-owner = À qui s'adresser :
sheet-peer = Exemple : { $city }
sheet-no-peer = Aucun exemple dans cette publication
sheet-question = Preuve : question { $code }
sheet-edited = Texte de { $person }, { $date }
sheet-next = Ensuite, du plus facile au plus difficile
sheet-next-text = Avec ceux-ci aussi : { $n } points sur { $of } ({ $share } %).
sheet-lacking =
    { $n ->
        [one] Un point manque en tout.
       *[other] { $n } points manquent en tout.
    }
sheet-partial = Dans cette publication, tous les indicateurs de cette ville n'ont pas de réponse : il n'y a pas de score à montrer.
sheet-missing = Ce qui manque
sheet-strong = Points forts : ce que peu d'autres villes ont
sheet-strong-of = { $n } des { $of } autres villes
sheet-strong-none = Tout ce que cette ville a, toutes les autres l'ont aussi.
sheet-alone = Aucune autre ville de cette publication ne permet de comparer.
sheet-change = Depuis { $campaign } ({ $date }), sur les { $n } questions posées les deux fois : de { $before } à { $after } points, { $gained } gagnés, { $lost } perdus.
sheet-change-none = Aucun résultat antérieur ne permet de comparer.
sheet-sure = Quelle confiance accorder à ce résultat
sheet-agreement = Deux personnes étaient d'accord sur { $same } des { $n } questions avant de connaître leurs réponses ({ $share } % ; intervalle à 95 % : de { $low } à { $high } %) ; sinon, une troisième a tranché.
sheet-agreement-none = On ne sait pas dans quelle mesure deux personnes étaient d'accord.
sheet-signed = { $person } a signé toutes les réponses le { $date }.
sheet-evidence = Les pages ont été vues du { $first } au { $last }.
sheet-evidence-day = Les pages ont été vues le { $first }.
sheet-denominator = { $n } questions ont été posées ; le score divise par { $of }, comme les valeurs publiées.
sheet-address = Chaque réponse avec sa preuve
sheet-checkpoint = Sceau des enregistrements :
sheet-unsigned = Les enregistrements sont scellés, mais pas encore signés.

messages-text = La page de la ville est publique. Ses textes peuvent être remplacés ici pour cette ville, dans cette langue ; la page dit alors qui les a écrits et quand, et le journal d'audit les garde. Des champs vides rétablissent les textes habituels.
messages-unreleased = La ville n'est encore dans aucune publication : il n'y a rien à dire.
messages-none = Il n'y a rien à dire : rien ne manque, ou il n'y a pas de conseils pour ce questionnaire.
messages-missing = Ce qui manque
messages-why = Pourquoi c'est important
messages-send = Utiliser ces textes
messages-not-missing = La dernière publication n'a pas de « non » de cette ville pour cet indicateur.

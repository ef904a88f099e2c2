# Report of a campaign and the folder of pages made of a release.

site-percent = { $n } %
site-share = { $n } sur { $of } ({ $share })
site-of = sur { $n }
site-undefined = non défini : il n’y a rien à compter
site-undefined-one = non défini : toutes les réponses sont les mêmes
site-rank-shared = { $n } ex æquo
site-parts = Pages du rapport
site-languages = Langues
site-as-table = Les mêmes données en tableau

site-title-report = { $campaign } : résultats (publication { $n })
site-title-cities = { $campaign } : villes par critère (publication { $n })
site-title-indicators = { $campaign } : indicateurs (publication { $n })
site-title-lessons = { $campaign } : enseignements (publication { $n })
site-title-answers = { $city } : toutes les réponses
site-part-report = Vue d’ensemble
site-part-cities = Villes
site-part-indicators = Indicateurs
site-part-lessons = Enseignements

site-lead =
    { $cities ->
        [one] { $cities } ville
       *[other] { $cities } villes
    }, avec pour chacune { $indicators } questions par oui ou non sur son portail. Chaque réponse est la décision de deux personnes, ou d’un réviseur là où elles divergeaient.
site-cities = Villes
site-apart = Villes sans score
site-apart-says = Sans score et hors classement, car toutes les réponses ne sont pas définitives :
site-mean = Score moyen
site-median = Score médian
site-highest = Le plus haut
site-lowest = Le plus bas
site-evidence = Preuves capturées
site-unranked = Certaines villes de la campagne manquent dans cette publication : rien n’est classé. Les villes figurent par ordre alphabétique.

site-levels = Niveaux
site-levels-caption = Nombre de villes à chaque niveau
site-above = Score supérieur à
site-share-of-cities = Part des villes
site-where = Où en sont les villes
site-map = Carte des villes
site-map-says = Une marque par ville, selon son niveau : disque plein, anneau avec point, anneau, croix, du plus haut au plus bas. Une marque est à la place de la ville si elle est connue, sinon au milieu de son pays.
site-map-caption = Villes par pays, avec leur niveau
site-country = Pays
site-unplaced =
    { $n ->
        [one] { $n } ville n’est pas sur la carte, car sa place n’est pas connue.
       *[other] { $n } villes ne sont pas sur la carte, car leur place n’est pas connue.
    }
site-dots = Scores, du plus haut au plus bas
site-dots-says = Une marque par ville. Un trait relie les villes de même score et de même rang.
site-dots-says-unranked = Une marque par ville, par ordre alphabétique. Un trait relie les voisines de même score.
site-scores = Scores de toutes les villes

site-wins = Les gains les plus faciles
site-wins-says = Parmi ce qui demande peu de travail, voici ce qui manque dans le plus de villes.
site-wins-caption = Indicateurs faciles, selon le nombre de villes où ils manquent
site-missing-in = Villes où il manque
site-wins-more = Tous les indicateurs

site-change = Ce qui a changé
site-change-since = Depuis { $earlier }.
site-change-corrected = Depuis { $earlier }, que cette publication corrige.
site-change-over =
    { $n ->
        [one] Comparaison sur { $n } question de même sens dans les deux.
       *[other] Comparaison sur { $n } questions de même sens dans les deux.
    }
site-slope = Part de oui, avant et maintenant
site-slope-says = Un trait par ville ; continu s’il monte, en tirets s’il descend.
site-slope-says-many = Un trait par ville ; continu s’il monte, en tirets s’il descend. Celles qui ont le plus bougé sont nommées.
site-before = Avant
site-after = Maintenant
site-gained = Gagnés
site-lost = Perdus

site-agreement = Concordance des réponses
site-agreement-says = Deux personnes ont répondu à chaque question, chacune seule. Voici combien de fois elles ont dit la même chose, avant tout arbitrage.
site-agreed = Même réponse
site-interval = Intervalle à 95 % (Wilson)
site-over = Villes avec plus de { $threshold } % de divergences ; chacune a été tranchée
site-lessons-more = Ce qui fut difficile et ce qui en fut appris

site-method = Comment cela a été fait
site-method-score = Le score d’une ville est le nombre de ses indicateurs avec oui, divisé par { $of }. Tous les indicateurs comptent autant ; { $indicators } sont demandés.
site-method-denominator = { $indicators } indicateurs sont demandés et l’on divise par { $of }, comme dans l’indice publié par les Nations Unies, pour que les scores soient comparables. Une ville qui a tout reste un peu au-dessous de 100 %.
site-method-bands = Les niveaux sont ceux de l’édition du questionnaire. Un score exactement sur une limite appartient au niveau inférieur.
site-method-people = Un programme visite le portail et propose des preuves ; il ne décide rien. Deux personnes répondent seules. Là où elles divergent, un réviseur qui n’est ni l’une ni l’autre tranche, puis un réviseur principal valide la ville.
site-method-evidence = Chaque page regardée est conservée octet par octet, avec son heure et son empreinte. Chaque oui mène à des mots d’une telle page. Rien ici ne repose sur une seule proposition.
site-method-checkpoint = La publication est une entrée d’un journal qui ne peut que croître. Cette racine signée la couvre ; avec elle et le dossier d’audit, chacun peut vérifier chaque nombre.
site-method-unsigned = Le journal de cette publication n’est pas encore signé.
site-data = Données
site-file-release = la publication avec la fiche de chaque ville et le point de contrôle (JSON)
site-file-indicators = les questions, le nombre de villes pour chacune et les conseils dans toutes les langues (JSON)
site-file-scores = une ligne par ville (CSV)
site-file-answers = une ligne par réponse (CSV)

site-heat-says = Nombre d’indicateurs de chaque critère qu’a une ville. Plus une case est sombre, plus la part est grande.
site-heat-caption = Villes par critère : nombre de oui

site-indicators-says = Nombre de villes qui ont chaque indicateur, par critère, le plus fréquent d’abord. Ce qui est en bas d’une liste manque dans la plupart des villes.
site-bars = { $criterion } : part des villes
site-bars-says = Une barre par indicateur : plus elle est longue, plus de villes l’ont.
site-have = Villes qui l’ont
site-effort = Travail

site-lessons-says = Ce qui fut difficile dans cette campagne, pour que la suivante se passe mieux. Tous les nombres viennent des tours publiés ; personne n’est nommé.
site-coefficients-says = Aucun nombre ne suffit seul : là où presque toutes les réponses sont les mêmes, kappa et alpha chutent bien qu’à peine une réponse diffère.
site-kappa = Kappa de Cohen
site-alpha = Alpha de Krippendorff
site-ac1 = AC1 de Gwet
site-prevalence = Réponses oui
site-hard = Questions sur lesquelles on divergeait
site-hard-says = Une question sur laquelle deux personnes attentives divergent souvent est à mieux formuler, ou demande un exemple.
site-hard-caption = Indicateurs à la plus faible concordance
site-hard-none = Personne n’a divergé sur aucune question.
site-open = Questions restées sans réponse
site-open-says = Incertain ou bloqué : la page ne le disait pas, ou n’était pas accessible.
site-open-caption = Indicateurs avec le plus de réponses « incertain » ou « bloqué »
site-open-answers = Incertain ou bloqué
site-open-none = Chaque question a reçu oui ou non.
site-reasons = Motifs donnés
site-reasons-says = Ce qui a été choisi dans la liste des motifs, pour une réponse ou un arbitrage.
site-reasons-caption = Motifs des réponses
site-reasons-none = Aucune réponse n’a de motif.
site-rulings-caption = Motifs des arbitrages
site-rulings-none = Rien n’a dû être tranché.
site-times = Fois
site-corrections = Divergences, recours et corrections
site-corrections-says = Les villes peuvent contester ce qui a été publié ; une correction est un nouveau tour et une nouvelle publication.
site-over-cities = Villes au-dessus du seuil de divergences
site-reopened = Tours rouverts
site-appeals = Recours contre cette publication
site-appeals-reopened = dont suivis d’un nouveau tour
site-appeals-declined = dont rejetés
site-time = Combien de temps
site-time-says = Pour la ville du milieu, une fois toutes rangées.
site-days = Jours de la première réponse à la validation
site-minutes = Minutes de travail d’une personne sur une ville
site-minutes-none = Le temps de travail n’a pas été mesuré.

site-criterion = Critère
site-yes-of = Oui
site-criteria-caption = Score par critère
site-missing = Non trouvé
site-there = Trouvé
site-city-data = Les données de cette ville (JSON), avec la trace de chaque réponse
site-foot = Fait avec Portolan. Ce dossier n’a besoin ni de serveur ni de script ; il peut être copié tel quel.

# Report of a campaign and the folder of pages made of a release.

site-percent = { $n } %
site-share = { $n } de { $of } ({ $share })
site-of = de { $n }
site-undefined = no definido: no hay nada que contar
site-undefined-one = no definido: todas las respuestas son iguales
site-rank-shared = { $n }=
site-parts = Páginas del informe
site-languages = Idiomas
site-as-table = Lo mismo en una tabla

site-title-report = { $campaign }: resultados (publicación { $n })
site-title-cities = { $campaign }: ciudades por criterio (publicación { $n })
site-title-indicators = { $campaign }: indicadores (publicación { $n })
site-title-lessons = { $campaign }: lecciones aprendidas (publicación { $n })
site-title-answers = { $city }: todas las respuestas
site-part-report = Panorama
site-part-cities = Ciudades
site-part-indicators = Indicadores
site-part-lessons = Lecciones aprendidas

site-lead =
    { $cities ->
        [one] { $cities } ciudad
       *[other] { $cities } ciudades
    }, cada una con { $indicators } preguntas de sí o no sobre su portal. Cada respuesta es la decisión de dos personas, o de un revisor cuando discreparon.
site-cities = Ciudades
site-apart = Ciudades sin puntuación
site-apart-says = Sin puntuación y fuera de la clasificación, porque no todas sus respuestas son definitivas:
site-mean = Puntuación media
site-median = Puntuación mediana
site-highest = La más alta
site-lowest = La más baja
site-evidence = Evidencia capturada
site-unranked = Algunas ciudades de la campaña no están en esta publicación, por lo que nada se clasifica. Las ciudades van por orden alfabético.

site-levels = Niveles
site-levels-caption = Cuántas ciudades alcanzan cada nivel
site-above = Puntuación superior a
site-share-of-cities = Parte de las ciudades
site-where = Dónde están las ciudades
site-map = Mapa de las ciudades
site-map-says = Una marca por ciudad, según su nivel: disco lleno, anillo con punto, anillo, cruz, del más alto al más bajo. La marca está en la ciudad si se conoce su lugar; si no, en el centro de su país.
site-map-caption = Ciudades por país, con su nivel
site-country = País
site-unplaced =
    { $n ->
        [one] { $n } ciudad no está en el mapa, porque no se conoce su lugar.
       *[other] { $n } ciudades no están en el mapa, porque no se conoce su lugar.
    }
site-dots = Puntuaciones, de la más alta a la más baja
site-dots-says = Una marca por ciudad. Una línea une las que comparten puntuación y puesto.
site-dots-says-unranked = Una marca por ciudad, por orden alfabético. Una línea une las vecinas con la misma puntuación.
site-scores = Puntuaciones de todas las ciudades

site-wins = Lo más fácil de lograr
site-wins-says = De lo que se consigue con poco trabajo, esto falta en más ciudades.
site-wins-caption = Indicadores fáciles, según cuántas ciudades carecen de ellos
site-missing-in = Ciudades sin él
site-wins-more = Todos los indicadores

site-change = Qué cambió
site-change-since = Desde { $earlier }.
site-change-corrected = Desde { $earlier }, que esta publicación corrige.
site-change-over =
    { $n ->
        [one] Comparación sobre { $n } pregunta con el mismo sentido en ambas.
       *[other] Comparación sobre { $n } preguntas con el mismo sentido en ambas.
    }
site-slope = Parte de síes, antes y ahora
site-slope-says = Una línea por ciudad; continua si sube, discontinua si baja.
site-slope-says-many = Una línea por ciudad; continua si sube, discontinua si baja. Se nombran las que más se movieron.
site-before = Antes
site-after = Ahora
site-gained = Ganados
site-lost = Perdidos

site-agreement = Cuánto coinciden las respuestas
site-agreement-says = Dos personas respondieron cada pregunta por separado. Esto es cuántas veces dijeron lo mismo, antes de que nadie resolviera.
site-agreed = Misma respuesta
site-interval = Intervalo del 95 % (Wilson)
site-over = Ciudades con más del { $threshold } % de diferencias; cada una se resolvió
site-lessons-more = Qué fue difícil y qué se aprendió

site-method = Cómo se hizo
site-method-score = La puntuación de una ciudad es el número de indicadores con sí, dividido entre { $of }. Todos los indicadores cuentan igual; se preguntan { $indicators }.
site-method-denominator = Se preguntan { $indicators } indicadores y se divide entre { $of }, como en el índice publicado por las Naciones Unidas, para que las puntuaciones sean comparables. Una ciudad que lo tiene todo queda un poco por debajo del 100 %.
site-method-bands = Los niveles son los de la edición del cuestionario. Una puntuación justo en un límite pertenece al nivel inferior.
site-method-people = Un programa visita el portal y propone evidencia; no decide nada. Dos personas responden por separado. Donde discrepan, resuelve un revisor que no es ninguna de ellas, y un revisor principal valida la ciudad.
site-method-evidence = Cada página examinada se conserva byte a byte, con su hora y su huella. Cada sí lleva a palabras de una página así. Nada aquí se apoya solo en una propuesta.
site-method-checkpoint = La publicación es una entrada de un registro que solo puede crecer. Esta raíz firmada la cubre; con ella y el paquete de auditoría cualquiera puede comprobar cada número.
site-method-unsigned = El registro de esta publicación aún no se ha firmado.
site-data = Datos
site-file-release = la publicación con la ficha de cada ciudad y el punto de control (JSON)
site-file-indicators = las preguntas, cuántas ciudades tienen cada una y los consejos en todos los idiomas (JSON)
site-file-scores = una línea por ciudad (CSV)
site-file-answers = una línea por respuesta (CSV)

site-heat-says = Cuántos indicadores de cada criterio tiene una ciudad. Cuanto más oscura la celda, mayor la parte.
site-heat-caption = Ciudades por criterio: número de síes

site-indicators-says = Cuántas ciudades tienen cada indicador, por criterio, primero el más frecuente. Lo que está al final de una lista falta en la mayoría.
site-bars = { $criterion }: parte de las ciudades
site-bars-says = Una barra por indicador: cuanto más larga, más ciudades lo tienen.
site-have = Ciudades que lo tienen
site-effort = Trabajo

site-lessons-says = Qué fue difícil en esta campaña, para que la próxima salga mejor. Todos los números proceden de las rondas publicadas; no se nombra a nadie.
site-coefficients-says = Ningún número basta por sí solo: donde casi todas las respuestas son iguales, kappa y alfa caen aunque apenas difiera una respuesta.
site-kappa = Kappa de Cohen
site-alpha = Alfa de Krippendorff
site-ac1 = AC1 de Gwet
site-prevalence = Respuestas que son sí
site-hard = Preguntas en que se discrepó
site-hard-says = Una pregunta en que dos personas cuidadosas discrepan a menudo debe redactarse mejor o necesita un ejemplo.
site-hard-caption = Indicadores con menos coincidencia
site-hard-none = Nadie discrepó en ninguna pregunta.
site-open = Preguntas que no pudieron responderse
site-open-says = Dudoso o bloqueado: la página no lo decía o no se pudo abrir.
site-open-caption = Indicadores con más respuestas «dudoso» o «bloqueado»
site-open-answers = Dudoso o bloqueado
site-open-none = Todas las preguntas se respondieron con sí o no.
site-reasons = Motivos dados
site-reasons-says = Lo que se eligió de la lista de motivos, para una respuesta o una resolución.
site-reasons-caption = Motivos de las respuestas
site-reasons-none = Ninguna respuesta tiene motivo.
site-rulings-caption = Motivos de las resoluciones
site-rulings-none = No hubo que resolver nada.
site-times = Veces
site-corrections = Diferencias, recursos y correcciones
site-corrections-says = Las ciudades pueden recurrir lo publicado; una corrección es una nueva ronda y una nueva publicación.
site-over-cities = Ciudades por encima del umbral de diferencias
site-reopened = Rondas reabiertas
site-appeals = Recursos contra esta publicación
site-appeals-reopened = de ellos, con nueva ronda
site-appeals-declined = de ellos, desestimados
site-time = Cuánto llevó
site-time-says = Para la ciudad del medio, una vez ordenadas todas.
site-days = Días desde la primera respuesta hasta la validación
site-minutes = Minutos que una persona trabajó en una ciudad
site-minutes-none = No se midió cuánto trabajó la gente.

site-criterion = Criterio
site-yes-of = Sí
site-criteria-caption = Puntuación por criterio
site-missing = No encontrado
site-there = Encontrado
site-city-data = Los datos de esta ciudad (JSON), con la traza de cada respuesta
site-foot = Hecho con Portolan. Esta carpeta no necesita servidor ni programas; puede copiarse tal cual.

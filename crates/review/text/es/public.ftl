# La página de una ciudad: para la mesa de un alcalde, sin palabras de expertos.

sheet-title = { $city }: los resultados en una página
sheet-open = Resultados en una página
sheet-edit = Editar los mensajes
sheet-release = publicación { $n }
sheet-score = Resultado
sheet-of-points = de { $of } puntos
sheet-percent = { $share } %
sheet-level = nivel:
sheet-levels = Niveles:
sheet-rank = Puesto { $rank } de { $cities } ciudades
sheet-rank-shared = Puesto { $rank } de { $cities } ciudades, compartido por { $sharing }
sheet-unranked = Sin puesto: aún no están publicadas todas las ciudades.
sheet-criteria = Puntos por tema
sheet-first = Qué hacer primero
sheet-first-text = Cada elemento falta en el sitio web de la ciudad y aporta un punto; los más fáciles van primero. Los { $count } juntos: { $n } de { $of } puntos ({ $share } %).
sheet-whole = No falta nada: la ciudad tiene todo lo que se preguntó. Hay que mantenerlo al día.
sheet-steps = Primeros pasos
sheet-effort = Esfuerzo:
sheet-owner = A quién acudir:
sheet-peer = Ejemplo: { $city }
sheet-no-peer = Ningún ejemplo en esta publicación
sheet-question = Prueba: pregunta { $code }
sheet-edited = Texto de { $person }, { $date }
sheet-next = Después, lo más fácil primero
sheet-next-text = Con estos también: { $n } de { $of } puntos ({ $share } %).
sheet-lacking =
    { $n ->
        [one] Falta un punto en total.
       *[other] Faltan { $n } puntos en total.
    }
sheet-partial = En esta publicación no todos los indicadores de esta ciudad tienen respuesta: no hay puntuación que mostrar.
sheet-missing = Lo que falta
sheet-strong = Fortalezas: lo que pocas otras ciudades tienen
sheet-strong-of = { $n } de { $of } otras ciudades
sheet-strong-none = Todo lo que tiene esta ciudad lo tienen también las demás.
sheet-alone = En esta publicación no hay otra ciudad con la que comparar.
sheet-change = Desde { $campaign } ({ $date }), en las { $n } preguntas hechas las dos veces: de { $before } a { $after } puntos, { $gained } ganados, { $lost } perdidos.
sheet-change-none = No hay un resultado anterior con el que comparar.
sheet-sure = Hasta qué punto es seguro
sheet-agreement = Dos personas coincidieron en { $same } de { $n } preguntas antes de conocer sus respuestas ({ $share } %; intervalo del 95 %: de { $low } a { $high } %); donde no, decidió una tercera.
sheet-agreement-none = No se sabe hasta qué punto coincidieron dos personas.
sheet-signed = { $person } firmó todas las respuestas el { $date }.
sheet-evidence = Las páginas se vieron del { $first } al { $last }.
sheet-evidence-day = Las páginas se vieron el { $first }.
sheet-denominator = Se hicieron { $n } preguntas; la puntuación divide entre { $of }, como los valores publicados.
sheet-address = Cada respuesta con su prueba
sheet-checkpoint = Sello de los registros:
sheet-unsigned = Los registros están sellados y aún no firmados.

messages-text = La página de la ciudad es pública. Aquí se pueden sustituir sus textos para esta ciudad, en este idioma; la página dice entonces quién los escribió y cuándo, y el registro de auditoría los guarda. Los campos vacíos devuelven los textos habituales.
messages-unreleased = La ciudad no está aún en ninguna publicación: no hay nada que decir.
messages-none = No hay nada que decir: no falta nada, o no hay consejos para este cuestionario.
messages-missing = Lo que falta
messages-why = Por qué importa
messages-send = Usar estos textos
messages-not-missing = La última publicación no tiene un «no» de esta ciudad en ese indicador.

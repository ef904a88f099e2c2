# La página de una ciudad: para la mesa de un alcalde, sin palabras de expertos.

sheet-title = { $city }: los resultados en una página
sheet-open = Resultados en una página
sheet-edit = Editar los mensajes
sheet-release = publicación { $n }
sheet-score = Resultado
sheet-of-points = de { $of } puntos
sheet-percent = { $share } %
sheet-level = nivel:
sheet-rank = Puesto { $rank } de { $cities } ciudades
sheet-rank-shared = Puesto { $rank } de { $cities } ciudades, compartido por { $sharing }
sheet-unranked = Sin puesto: aún no están publicadas todas las ciudades.
sheet-criteria = Puntos por tema
sheet-first = Qué hacer primero
sheet-first-text = Cada elemento falta en el sitio web de la ciudad y aporta un punto; los más fáciles van primero. Los { $count } juntos: { $n } de { $of } puntos ({ $share } %).
sheet-whole = No falta nada: la ciudad tiene todo lo que se preguntó. Hay que mantenerlo al día.
sheet-steps = Primeros pasos
sheet-effort = Esfuerzo:
sheet-owner = A quién acudir:
sheet-peer = Ejemplo: { $city }
sheet-no-peer = Ningún ejemplo en esta publicación
sheet-question = Prueba: pregunta { $code }
sheet-edited = Texto de { $person }, { $date }
sheet-next = Después, lo más fácil primero
sheet-next-text = Con estos también: { $n } de { $of } puntos ({ $share } %).
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
sheet-agreement = Dos personas coincidieron en { $same } de { $n } preguntas antes de conocer sus respuestas ({ $share } %; intervalo del 95 %: de { $low } a { $high } %); donde no, decidió una tercera.
sheet-agreement-none = No se sabe hasta qué punto coincidieron dos personas.
sheet-signed = { $person } firmó todas las respuestas el { $date }.
sheet-evidence = Las páginas se vieron del { $first } al { $last }.
sheet-address = Cada respuesta con su prueba
sheet-checkpoint = Sello de los registros:
sheet-unsigned = Los registros están sellados y aún no firmados.

# Resolver y publicar: ciudades, comparación, resoluciones, validación, publicaciones, reclamaciones, trazabilidad, exportaciones.

settled-signed-off = Esta ronda de la ciudad está validada. Un cambio exige una nueva ronda.

cities-none = Todavía no hay ninguna campaña con ciudades.
cities-caption = Cada ciudad en su última ronda
cities-slot = Evaluación
cities-slot-a = Evaluación A
cities-slot-b = Evaluación B
cities-differences = Discrepancias
cities-sealed-yes = Sellada
cities-sealed-no = Sin sellar
cities-sealed-hidden = No visible para usted
cities-n-of-m = { $n } de { $m } ({ $share } %)
cities-state-listed = Sin asignar
cities-state-assessing = En evaluación
cities-state-sealed = Dos evaluaciones selladas
cities-state-within = Por resolver, dentro del umbral
cities-state-over = Evaluadores por oír antes de resolver, por encima del umbral
cities-state-ruled = Resuelta por completo
cities-state-signed_off = Validada
cities-title = { $city }, ronda { $round }
cities-compared = Comparación
cities-share = { $n ->
    [0] Las evaluaciones no discrepan en ninguno de los { $m } indicadores: { $share } %.
    [one] Las evaluaciones discrepan en uno de { $m } indicadores: { $share } %.
   *[other] Las evaluaciones discrepan en { $n } de { $m } indicadores: { $share } %.
}
cities-rule = El umbral es del { $threshold } % (reglamento { $policy }). Una proporción mayor supera el umbral; exactamente el { $threshold } % no lo supera.
cities-rule-inclusive = El umbral es del { $threshold } % (reglamento { $policy }). Una proporción del { $threshold } % o mayor cuenta como superior al umbral.
cities-rule-least = { $n ->
    [0] Con { $m } indicadores, el umbral se supera sea cual sea el número de discrepancias.
    [one] Con { $m } indicadores, el umbral se supera ya con una discrepancia.
   *[other] Con { $m } indicadores, el umbral se supera a partir de { $n } discrepancias.
}
cities-path-within = Esta ciudad está dentro del umbral: un revisor resuelve cada discrepancia.
cities-path-over = Esta ciudad supera el umbral: busque primero una causa común; se oye a ambos evaluadores sobre cada discrepancia y después resuelve un revisor.
cities-path-none = Todavía no se ha comparado.
cities-rule-means = En ambos casos, cada discrepancia recibe una resolución. El umbral solo determina por qué vía; no dice nada de la calidad de las respuestas.
cities-causes = Causas comunes probables
cities-cause-reason = { $n ->
    [one] Motivo «{ $what }» en una discrepancia
   *[other] Motivo «{ $what }» en { $n } discrepancias
}
cities-cause-criterion = { $n ->
    [one] Criterio «{ $what }» en una discrepancia
   *[other] Criterio «{ $what }» en { $n } discrepancias
}
cities-cause-host = { $n ->
    [one] Evidencias de { $what } en una discrepancia
   *[other] Evidencias de { $what } en { $n } discrepancias
}
cities-totals = Total de respuestas de ambas evaluaciones
cities-totals-hint = Unos totales iguales no significan respuestas iguales: las discrepancias se cuentan indicador por indicador.
cities-by-criterion = Discrepancias por criterio
cities-criterion = Criterio
cities-no-differences = Las evaluaciones no discrepan en ningún indicador.
cities-item-hear = Evaluadores por oír
cities-item-rule = Por resolver
cities-item-ruled = Resuelta
cities-contradictions = Respuestas concordantes que contradicen lo que la máquina da por casi seguro
cities-no-contradictions = No hay ninguna.

rule-first = Primera respuesta
rule-second = Segunda respuesta
rule-take = Tomar como evidencia:
rule-name = Evaluador:
rule-shown = Qué se mostró de la máquina
rule-assist-evidence_only = Los fragmentos, sin su respuesta
rule-assist-reveal_after_commit = Los fragmentos, y su respuesta tras la primera decisión
rule-assist-verdict_shown = Los fragmentos y su respuesta
rule-assist-clean = Nada
rule-assist-mixed = No lo mismo a ambos
rule-heard = Sobre la discrepancia
rule-keeps = Mantiene su respuesta
rule-concedes = Renuncia a su respuesta
rule-absent = No se le pudo oír: el evaluador está desactivado.
rule-no-evidence = Ninguna de las dos respuestas remite a un fragmento.
rule-outcomes = Las dos respuestas
rule-order-hint = El orden de las dos respuestas se sorteó para este indicador.
rule-machine = Qué propuso la máquina
rule-no-machine = Aquí no propuso nada.
rule-yours = Su resolución
rule-answer = Respuesta definitiva
rule-evidence-hint = Un «sí» se apoya en al menos un fragmento: elíjalo arriba, de una de las dos respuestas o de lo que propuso la máquina.
rule-send = Resolver
rule-ruled = Resolución adoptada
rule-unheard = Esta ciudad supera el umbral. Antes de resolver, falta oír al autor de cada una de las respuestas siguientes:
rule-absent-hint = Si el evaluador está desactivado, indíquelo aquí; la respuesta queda tal como se dio.
rule-absent-first = Ya no se puede oír al autor de la primera respuesta
rule-absent-second = Ya no se puede oír al autor de la segunda respuesta
rule-heard-already = Ya no hace falta oír al autor de esta respuesta.
rule-still-here = El evaluador sigue activo y se le puede oír.
rule-agreed = Ambas evaluaciones concuerdan aquí. Para resolver, examine antes la respuesta en la muestra y póngala en duda.
rule-show-names = Mostrar los nombres
rule-names-hint = Quien pide ver los nombres queda anotado en el registro de auditoría.

inspect-to = Examinar la muestra
inspect-title = { $city }: respuestas concordantes por examinar
inspect-text = Ambos evaluadores concuerdan en estas respuestas. Compruebe aun así si son correctas. Lo que ponga en duda requiere una resolución.
inspect-none = No hay nada que examinar.
inspect-sample = Muestra de respuestas concordantes
inspect-count = { $n } de { $m } examinadas.
inspect-why-drawn = Elegida por sorteo.
inspect-why-contradicts = Contradice lo que la máquina da por casi seguro.
inspect-why-rare = La mayoría de las demás ciudades validadas cumple este indicador.
inspect-question = ¿Es correcta la respuesta?
inspect-stands = La respuesta se mantiene
inspect-doubted = La respuesta se pone en duda
inspect-send = Guardar
inspect-differs = Las evaluaciones no concuerdan aquí; se requiere una resolución.
inspect-needs-note = Indique qué pone en duda.

gates-title = Antes de la validación
gate-passed = ✓ Hecho
gate-lacking = ✗ Pendiente
gate-sealed = Las dos evaluaciones están selladas
gate-compared = Se han comparado
gate-ruled = Todas las discrepancias están resueltas
gate-sample = La muestra se ha examinado
gate-doubts = Todo lo puesto en duda está resuelto
gate-evidence = Todo «sí» tiene evidencia, y sus palabras figuran en el lugar indicado
gate-finals = Todos los indicadores tienen respuesta definitiva

sign-off-to = Validación
sign-off-title = { $city }: validación
sign-off-done = Validada por
sign-off-digest = Huella de las respuestas definitivas:
sign-off-lacks = La ciudad todavía no puede validarse:
sign-off-text = Todo está hecho. Con su validación, estas respuestas pasan a ser definitivas; solo una nueva ronda puede cambiarlas.
sign-off-send = Validar
sign-off-others = Todo está hecho. La valida un revisor principal que aquí no haya evaluado ni resuelto.
sign-off-unsigned = La operación ha quedado guardada, pero no se pudo firmar el registro. Avise al administrador: quedará cubierta por la próxima firma.

reopen-title = Volver a examinar
reopen-text = Los indicadores elegidos se someten a una nueva ronda. Las respuestas de esta ronda quedan como están y siguen publicadas hasta una nueva publicación.
reopen-cause-error-found = Se ha detectado un error
reopen-cause-drift = El portal ha cambiado
reopen-cause-new-information = Hay información nueva
reopen-send = Iniciar una nueva ronda
reopen-not-signed = Solo puede volver a examinarse una ciudad validada.
reopen-begun = Ya se ha iniciado una nueva ronda de esta ciudad. Conclúyala primero.
field-cause = Causa
field-codes = Indicadores

release-none = Todavía no se ha publicado nada.
release-caption = Publicaciones, las más recientes primero
release-number = Publicación
release-at = Fecha
release-cities = Ciudades
release-reason = Motivo
release-corrects = Correcciones
release-corrects-n = Corrige la publicación { $n }
release-corrected-by = Corregida por la publicación { $n }
release-old = Hay una publicación posterior. Esta puede seguir consultándose tal como se publicó.
release-publish = Publicar
release-publish-text = Una publicación reúne todas las ciudades de la campaña en su última ronda validada. Una corrección es una nueva publicación que menciona la anterior; ambas pueden seguir consultándose.
release-why = Motivo de esta publicación, para el público
release-send = Publicar
release-same = Desde la última publicación no se ha validado ninguna ciudad: no hay nada que publicar.
release-title = { $campaign }, publicación { $n }
release-publisher = Publicada por
release-instrument = Cuestionario
release-digest = Huella de la publicación
release-ranked = Figuran todas las ciudades de la campaña con respuesta a todos los indicadores, por lo que se clasifican.
release-unranked = Faltan ciudades o respuestas de la campaña, por lo que no hay clasificación; las ciudades figuran por orden alfabético.
release-scores = Puntuaciones
release-scores-of = Puntuaciones: número de respuestas afirmativas sobre los { $of } puntos del cuestionario
release-rank = Puesto
release-score = Puntuación
release-band = Nivel
release-notes = Observaciones
release-points = { $n } de { $of } ({ $share } %)
release-note-partial = No todos los indicadores tienen respuesta.
release-note-over = Las discrepancias entre los evaluadores superaron el umbral; se resolvió cada una de ellas.
release-answers = Respuestas a todos los indicadores
release-indicator = Indicador
release-trace = Trazabilidad

appeal-title = ¿Hay algún error?
appeal-text = Indique el indicador y dónde puede encontrarse la información. Un revisor lo examinará; una respuesta solo cambia en una nueva ronda y una nueva publicación.
appeal-url = Dirección de la página
appeal-url-wrong = Esto no es una dirección web. Debe empezar por https:// o http://.
field-comment = Comentario
field-contact = Cómo contactar con usted (opcional)
appeal-send = Enviar
appeal-none = Todavía no se ha recibido ninguna reclamación.
appeal-reopen = Volver a examinar en una nueva ronda
appeal-decline = Desestimar
appeal-reopened = Se vuelve a examinar
appeal-declined = Desestimada
appeal-answer = Respuesta
appeal-settle = Cerrar la reclamación
appeal-settled = Esta reclamación ya está cerrada.
field-outcome = Resultado

trace-title = { $city }, { $code }: de la puntuación a los bytes
trace-release = Dónde se publicó
trace-sign-off = Quién validó la ciudad
trace-ruling = Quién resolvió
trace-decisions = Quién respondió, cada cual con su seudónimo
trace-differing = Qué zanja la resolución, cada cual con su seudónimo
trace-evidence = A qué remite la respuesta
trace-no-evidence = A nada: un «no» no remite a ninguna página. Se apoya en las búsquedas indicadas arriba.
trace-entry = Entrada { $n } del registro
trace-address = Dirección
trace-words = Palabras
trace-stands = Figuran en el lugar indicado del texto de la página.
trace-stands-not = No figuran en el lugar indicado.
trace-no-place = No se indica ningún lugar del texto.
trace-record = Asiento en el archivo
trace-verify = Comprobar
trace-verify-text = Recorre el camino de esta respuesta hasta los bytes archivados y comprueba cada paso: huellas, entradas del registro y firmas. Tarda un momento.
trace-verify-send = Verificar
trace-json = Lo mismo en JSON
trace-back = Volver a la página de trazabilidad
trace-verified = { $city }, { $code }: verificación
trace-holds = Todo es conforme.
trace-holds-not = No todo es conforme. La página siguiente indica qué no lo es.

drift-none = Ningún portal se ha rastreado de nuevo después de una publicación, por lo que no se conoce ningún cambio.
drift-text = Cuando un portal se rastrea de nuevo, aquí se enumeran los cambios de las páginas en que se apoyan las respuestas publicadas. Ninguna respuesta cambia por sí sola.

agreement-text = Con qué frecuencia ambos evaluadores dieron la misma respuesta, cada uno por su cuenta, antes de cualquier resolución. Solo cuentan las ciudades con las dos evaluaciones selladas; dos «dudoso» cuentan como concordancia, aunque requieran una resolución.
agreement-none = Ninguna ciudad tiene todavía selladas las dos evaluaciones.
agreement-city-round = Ciudad (ronda)

export-text = Tablas CSV en UTF-8. Contienen lo que usted puede leer: las ciudades con las dos evaluaciones selladas, o lo que está publicado.
export-flavours = Para las hojas de cálculo, las celdas que empiezan como una fórmula llevan delante un apóstrofo, que desaparece cuando la hoja de cálculo guarda el archivo. «Sin modificar» es para programas.
export-raw = Sin modificar, para programas
export-decisions = Decisiones
export-finals = Respuestas definitivas
export-differences = Discrepancias

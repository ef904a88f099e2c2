# Preparación: personas, campañas, reglamentos, evaluaciones, rastreos; perfil, ayuda y registro de auditoría.

word-yes = sí
word-no = no
percent = { $n } %
line-says = Línea { $line }: { $what }
slot-word = evaluación { $slot }

field-duty = Funciones
field-key = Clave
field-title = Título
field-portals = Lista de ciudades (CSV)
field-people = Lista de personas
field-portal = Ciudad
field-slot = Evaluación
field-round = Ronda
field-due = Plazo
field-instead = En lugar de
field-first = Primer evaluador
field-second = Segundo evaluador
field-threshold = Umbral
field-clean = Proporción presentada sin la máquina
field-inspected = Proporción examinada
field-reasons = Motivos
field-old-password = Contraseña actual
field-label = Uso previsto
field-scope = Permisos

people-caption = { $n ->
    [0] Ninguna persona
    [one] Una persona
   *[other] { $n } personas
}
people-pseudonym = Seudónimo
people-since = desde el
people-since-when = Desde el
people-interests = Vínculos
people-active = cuenta activa
people-ended = cuenta desactivada desde el
people-invited = invitación enviada, contraseña aún sin elegir
people-back = Todas las personas
people-invite = Invitar a una persona
people-invite-text = La persona recibe un enlace de un solo uso. Es usted quien se lo hace llegar; Portolan no envía correos. Todos aparecen con su seudónimo, también en público. El nombre solo lo ven los administradores y puede borrarse.
people-invite-send = Invitar
people-import = Invitar a varias personas
people-import-text = Pegue una lista con las columnas pseudonym, name y duties, tal como la guarda una hoja de cálculo en formato CSV. Las funciones (administrator, assessor, reviewer, senior, auditor, viewer) se separan con espacios. Si una fila es errónea, no se añade a nadie y se señalan todas las filas erróneas. Ninguna celda se interpreta como fórmula.
people-import-list = Lista de personas (CSV)
people-import-send = Invitar a todas
people-import-none = La lista no tiene filas después de la primera línea.
pseudonym-formula = Un seudónimo no puede empezar por =, +, -, @ ni un tabulador.
pseudonym-twice = El seudónimo { $person } ya está en uso o figura dos veces en la lista.
csv-column = En la primera línea falta la columna { $column }. Debe incluir pseudonym, name y duties.
csv-cells = Esta línea tiene más celdas que la primera. Ponga entre comillas rectas las celdas que contengan comas.
csv-form = Esto no es CSV. Guarde la lista como CSV (UTF-8) y péguela de nuevo.
links-title = Enlaces de un solo uso
links-text = Copie ahora cada enlace y hágalo llegar por una vía de confianza. Funciona una sola vez, durante { $days } días, y no volverá a mostrarse. Si se pierde, cree uno nuevo en la página de la persona.
links-link = Enlace
links-until = Válido hasta el

duty-administrator = Administrador
duty-administrator-text = gestiona personas, campañas y rastreos, y no toma ninguna decisión de evaluación
duty-assessor = Evaluador
duty-assessor-text = responde a los indicadores de una ciudad, con independencia de los demás
duty-reviewer = Revisor
duty-reviewer-text = resuelve cuando dos evaluadores discrepan
duty-senior = Revisor principal
duty-senior-text = valida las ciudades y publica
duty-auditor = Auditor
duty-auditor-text = lee todo lo que está sellado y no modifica nada
duty-viewer = Lector
duty-viewer-text = lee lo que está publicado
duty-hint = Un administrador no puede ser a la vez evaluador, revisor ni revisor principal.
duty-apart = Un administrador no toma decisiones de evaluación: esta persona no puede ser al mismo tiempo evaluador, revisor ni revisor principal. Elija una de las dos cosas.
duty-last = Es el último administrador que puede iniciar sesión. Nombre antes a otro administrador.
duty-unknown = «{ $word }» no es una función. Las funciones son administrator, assessor, reviewer, senior, auditor y viewer.

person-save = Guardar nombre y funciones
person-sessions-end = Si cambian las funciones, se cierran todas las sesiones de la persona.
person-access = Acceso
person-link-text = Para una persona que olvidó la contraseña o perdió el primer enlace. Los enlaces creados antes dejan de funcionar.
person-link = Crear un nuevo enlace de un solo uso
person-is-ended = Esta persona está desactivada. Reactívela primero.
person-deactivate-text = A una persona desactivada se le cierran las sesiones y ya no puede iniciar ninguna. Sus decisiones se conservan.
person-deactivate = Desactivar
person-activate = Reactivar
person-erase-text = El borrado del nombre no puede deshacerse. El seudónimo se conserva, porque hay decisiones asociadas a él.
person-erase = Borrar el nombre
person-slots = Evaluaciones asignadas

interests-title = Ciudades con las que esta persona tiene un vínculo
interests-text = Nadie puede evaluar ni validar una ciudad para la que trabaja, de la que obtiene ingresos o en la que tiene otro interés, ni resolver en ella.
interests-none = No hay ningún vínculo declarado.
interests-no-cities = Todavía no hay ninguna campaña y, por tanto, ninguna ciudad que elegir.
interest-note = En qué consiste el vínculo
interest-declare = Declarar
interest-withdraw = Retirar
interest-twice = Este vínculo ya está declarado.

campaigns-none = Todavía no hay ninguna campaña.
campaigns-caption = Campañas
campaigns-instrument = Instrumento
campaigns-begun = iniciada el
campaigns-begun-when = Fecha de inicio
campaigns-assigned = Dos evaluaciones asignadas
campaigns-sealed = Dos evaluaciones selladas
campaigns-signed-off = Validadas
campaigns-begin = Iniciar una campaña
campaigns-begin-text = Una campaña aplica el instrumento «{ $instrument }» a una lista de ciudades. La lista no puede modificarse después.
campaigns-key-hint = Un nombre corto para direcciones y archivos: letras a–z, cifras 0–9, - y _.
campaigns-list-hint = Una ciudad por línea. Solo son obligatorios id, city, country y home. Se señala cada línea errónea y se conserva lo que usted escribió.
campaigns-key-wrong = Una clave solo contiene letras a–z, cifras 0–9, - y _.
campaigns-key-taken = Ya hay una campaña con esa clave. Elija otra.
campaigns-list-empty = La lista no contiene ninguna ciudad.
campaigns-home = Página de inicio
campaigns-cities = { $n ->
    [0] Ninguna ciudad
    [one] Una ciudad
   *[other] { $n } ciudades
}
city-listed = incluida en la lista
city-assessing = en evaluación
city-sealed = dos evaluaciones selladas
city-within = discrepancias dentro del umbral
city-over = discrepancias por encima del umbral
city-ruled = resuelta, pendiente de validación
city-signed-off = validada

policy-title = Reglamento
policy-latest = Reglamento { $no } vigente, establecido por { $person } el
policy-text = Un cambio surte efecto desde ahora y constituye un reglamento aparte. Las comparaciones anteriores se rigen por el reglamento con el que se hicieron.
policy-no = Reglamento { $no }
policy-history = Todos los reglamentos
policy-threshold = Umbral, en porcentaje de los indicadores
policy-threshold-hint = Por encima de esta proporción de discrepancias, se oye a ambos evaluadores antes de que un revisor resuelva.
policy-inclusive = Una proporción exactamente igual al umbral cuenta como superior
policy-assist = Qué ven los evaluadores de la máquina
assist-evidence-only = Los fragmentos en orden neutro, sin la respuesta de la máquina
assist-reveal-after-commit = Lo mismo, y la respuesta de la máquina una vez que han decidido
assist-verdict-shown = Los fragmentos con la respuesta de la máquina
assist-clean = Nada de la máquina
policy-clean = Proporción de indicadores presentados sin la máquina, en porcentaje
policy-clean-hint = Los indicadores se sortean para cada evaluador. Así se ve hasta qué punto acierta la máquina y si influye en las personas.
policy-inspected = Proporción de respuestas concordantes que examina un revisor, en porcentaje
policy-own-rulings = Quien resolvió en una ciudad puede validarla
policy-reasons = Motivos que se pueden elegir
policy-reasons-hint = Uno por línea: letras a–z, cifras 0–9 y _.
policy-reason-wrong = «{ $word }» no es un código de motivo: como máximo 60 caracteres entre letras a–z, cifras 0–9 y _.
policy-share-wrong = Indique un número de 0 a 100.
policy-same = Este reglamento ya está vigente.
policy-set = Establecer el reglamento

assign-title = Asignar evaluaciones
assign-text = Cada ciudad tiene dos evaluaciones, A y B, cuyos evaluadores trabajan por separado y no se ven entre sí. Ambos reciben las mismas propuestas de la máquina, que quedan fijadas al asignarse la primera evaluación.
assign-nobody = No hay ningún evaluador activo. Invite primero a uno:
assign-slots = Evaluaciones
assign-slot = Evaluación
assign-open = sin sellar
assign-sealed = sellada
assign-interested = vínculo declarado
assign-one = Una sola evaluación
assign-instead = En lugar de
assign-instead-hint = Solo si la evaluación ya está asignada a alguien: indique su seudónimo. Su trabajo se conserva, pero deja de contar; el nuevo evaluador empieza desde cero.
assign-instead-other = Esta evaluación está asignada a { $person }. Para traspasarla, escriba ese seudónimo en «En lugar de».
assign-instead-nobody = Esta evaluación no está asignada a nadie. Deje este campo vacío.
assign-send = Asignar la evaluación
assign-pairs = Dos evaluadores para todas las ciudades sin asignar
assign-pairs-text = { $n ->
    [0] Todas las ciudades tienen evaluador.
    [one] Una ciudad no tiene evaluador.
   *[other] { $n } ciudades no tienen evaluador.
}
assign-first = Evaluación A
assign-second = Evaluación B
assign-most = Número máximo de ciudades (vacío: todas)
assign-pairs-send = Asignar a los dos evaluadores
assign-pairs-done = { $n ->
    [0] No se ha asignado ninguna ciudad.
    [one] Se ha asignado una ciudad.
   *[other] Se han asignado { $n } ciudades.
}
assign-left = { $n ->
    [0] No ha quedado fuera ninguna ciudad
    [one] Ha quedado fuera una ciudad
   *[other] Han quedado fuera { $n } ciudades
}
assign-same = Las dos evaluaciones de una ciudad requieren dos personas distintas.
assign-lacking = Ciudades a las que les falta un evaluador
assign-lacking-none = Ninguna.
assign-round = La ciudad está en la ronda { $no }.
assign-due-wrong = Indique la fecha en la forma 2026-11-30.
assign-signed-off = Esta ronda de la ciudad está validada.
assign-slot-sealed = Esta evaluación está sellada: ni sus respuestas ni su evaluador cambian ya.
assign-too-early = La evaluación C se reserva a las ciudades cuyas evaluaciones A y B están selladas.
assign-no-assessor = No corresponde a ninguna persona activa con la función de evaluador.
assign-has-interest = Esta persona declaró un vínculo con la ciudad.
assign-has-slot = Esta persona tiene o tuvo una evaluación de esta ciudad en esta ronda.
assign-has-ruled = Esta persona ya ha intervenido en esta ciudad (resolución, examen, validación o reapertura).

surveys-title = Rastreos
surveys-none = Todavía no ha habido ninguno.
survey-title = Rastreo { $no }
survey-start-text = { $n ->
    [0] No hay ciudades y, por tanto, ningún sitio que visitar.
    [one] Un rastreo visita el sitio de la única ciudad, respetando sus reglas para robots. Tarda cerca de un cuarto de hora por ciudad, varias a la vez, y continúa mientras usted hace otra cosa.
   *[other] Un rastreo visita los sitios de las { $n } ciudades, respetando sus reglas para robots. Tarda cerca de un cuarto de hora por ciudad, varias a la vez, y continúa mientras usted hace otra cosa.
}
survey-start = Iniciar un rastreo
survey-under-way = en curso
survey-halted = sin terminar: se detuvo, o el programa se cerró. Lo capturado se conserva.
survey-finished = terminado
survey-as-of = Situación a
survey-look-again = Actualizar
survey-stop-text = Las visitas en curso se terminan antes. Lo capturado se conserva.
survey-stop = Detener el rastreo
survey-told = Últimos mensajes
survey-runs = { $n ->
    [0] Ningún sitio
    [one] Un sitio
   *[other] { $n } sitios
}
survey-captured = Páginas capturadas
survey-shared = Capturadas antes
survey-missed = Fallos
survey-refused = No visitadas
survey-kilobytes = Kilobytes
survey-hosts = { $n ->
    [0] Ningún servidor
    [one] Ritmo de un servidor
   *[other] Ritmo de { $n } servidores
}
survey-host = Servidor
survey-answers = Tiempo de respuesta (ms)
survey-slowed = Ralentizado
survey-blocks = Rechazos seguidos
survey-next = Sin visitas antes de
survey-host-stopped = ya no se consulta
run-running = en curso o interrumpido
run-finished = terminado
run-stopped = detenido
run-failed = fallido
miss-blocked = rechazado por el sitio
miss-robots = no permitido a los robots
miss-timeout = sin respuesta a tiempo
miss-dns = nombre no encontrado
miss-connect = sin conexión
miss-tls = sin conexión segura
miss-server = error del servidor
miss-not-found = la página no existe
miss-redirect = redirecciones sin fin
miss-forbidden = dirección privada o servidor excluido
miss-too-large = demasiado grande
miss-malformed = ilegible
miss-stopped = servidor que ya no se consulta
miss-budget = cupo agotado

me-title = Perfil
me-choices = Idioma, apariencia y teclas
me-language = Idioma
language-browser = El del navegador
me-theme = Colores
theme-auto = Según el dispositivo
theme-light = Claro
theme-dark = Oscuro
me-size = Tamaño del texto
size-normal = Normal
size-large = Grande
size-larger = Muy grande
me-shortcuts = Atajos de teclado
shortcuts-on = Activados
shortcuts-off = Desactivados: ninguna tecla por sí sola tiene efecto
me-keys = Elegir otras teclas
me-keys-hint = Un carácter para cada acción, sin cifras ni repeticiones; vacío significa ninguna tecla.
me-save = Guardar
me-password-hint = Se cerrarán todas las demás sesiones.
me-password-send = Cambiar la contraseña
me-password-wrong = Esta no es su contraseña.
me-session-only = Esto es solo para personas con sesión iniciada, no para programas con un token.
me-interests-text = Declare todas las ciudades para las que trabaja, de las que obtiene ingresos o en las que tiene otro interés: no se le asignará ninguna evaluación de ellas ni podrá resolver en ellas. Solo un administrador puede retirar una declaración.
me-sessions = Sus sesiones abiertas
me-session-seen = último uso
me-session-this = esta sesión
me-session-end = Cerrar esta sesión
me-tokens = Tokens para programas
me-tokens-text = Con un token, un programa suyo puede leer, o también escribir, todo aquello a lo que usted tiene derecho. Todas las páginas están disponibles como JSON en /api/v1.
me-token-end = Anular este token
me-token-make = Crear un token
scope-read = Solo lectura
scope-write = Lectura y escritura
token-title = Nuevo token
token-text = Copie el token ahora: no volverá a mostrarse.
token-shown = Este token ya se creó y se mostró antes. Si se ha perdido, anúlelo y cree otro.

keys-caption = Teclas de la página donde se decide un indicador
keys-key = Tecla
keys-does = Qué hace
keys-none = ninguna
key-next = Indicador siguiente
key-previous = Indicador anterior
key-next-candidate = Fragmento siguiente
key-previous-candidate = Fragmento anterior
key-yes = Elegir «sí»
key-no = Elegir «no»
key-unclear = Elegir «dudoso»
key-blocked = Elegir «bloqueado»
key-reject = No usar el fragmento
key-replace = Usar otro fragmento en su lugar
key-evidence = Añadir evidencia
key-quote = Usar el texto seleccionado
key-text = Ver el texto de la página
key-page = Ver la página tal como era
key-live = Ver la página tal como es ahora
key-note = Escribir una nota
key-guidance = Leer las orientaciones
key-undo = Deshacer la elección antes de decidir
key-find = Buscar en la captura
key-list = Mostrar las teclas
key-commit = Decidir y continuar
key-wrong = Un solo carácter que no sea una cifra, o nada.
key-taken = La tecla { $key } ya tiene otro uso.

help-on-page = En esta página
help-steps = Cómo transcurre una campaña
help-words = Vocabulario
help-keys = Teclas
help-ask = A quién dirigirse
help-blind = Hasta que los dos evaluadores de una ciudad hayan sellado sus respuestas, nadie más ve ninguna: ni el otro evaluador, ni un revisor, ni un administrador.
help-keys-text = Todo puede hacerse con el ratón, con la pantalla táctil o solo con la tecla de tabulación. Las teclas siguientes son más rápidas. Solo actúan mientras se encuentra en la parte de la página donde se decide, nunca mientras escribe ni junto con Ctrl o Alt. Una letra solo elige; decidir es un segundo paso.
help-keys-off = Ha desactivado las teclas.
help-keys-switch = Elija otras teclas, o desactívelas todas, en su perfil.
help-ask-text = Diríjase al administrador que le invitó. Las orientaciones de cada indicador figuran en la página donde se decide; si queda alguna duda, responda «dudoso» y explique el porqué en la nota: la leerá un revisor.
help-step-people = Personas
help-step-people-text = Un administrador invita a las personas. Cada una declara las ciudades con las que tiene un vínculo.
help-step-campaign = Campaña
help-step-campaign-text = Un administrador aporta la lista de ciudades y establece el reglamento.
help-step-survey = Rastreo
help-step-survey-text = La máquina visita los sitios, conserva lo que captura y propone fragmentos para cada indicador.
help-step-assign = Asignación
help-step-assign-text = Cada ciudad se asigna a dos evaluadores, que trabajan por separado.
help-step-decide = Decisiones
help-step-decide-text = Cada evaluador responde a todos los indicadores. Un «sí» remite a un fragmento; un «no» indica dónde se buscó.
help-step-seal = Sellado
help-step-seal-text = El evaluador que ha respondido a todo sella su evaluación. Cuando ambas están selladas, se comparan las respuestas.
help-step-rule = Resolución
help-step-rule-text = Cuando las dos respuestas discrepan, resuelve un revisor que no haya evaluado nada en esa ciudad. Si las discrepancias son demasiadas, antes se oye a ambos evaluadores.
help-step-sign-off = Validación
help-step-sign-off-text = Un revisor principal valida la ciudad; desde ese momento, sus respuestas ya no cambian.
help-step-release = Publicación
help-step-release-text = Las ciudades validadas se publican con sus evidencias. Una corrección da lugar a una nueva publicación; la anterior puede seguir consultándose.
help-word-instrument = instrumento
help-word-instrument-text = una edición del cuestionario: sus criterios e indicadores
help-word-indicator = indicador
help-word-indicator-text = una pregunta que se responde con sí o no y se identifica por su número
help-word-campaign = campaña
help-word-campaign-text = un instrumento aplicado a una lista de ciudades, con su reglamento
help-word-portal = portal
help-word-portal-text = el sitio de una ciudad
help-word-survey = rastreo
help-word-survey-text = una visita de la máquina a todos los sitios de una campaña
help-word-capture = captura
help-word-capture-text = una página tal como llegó, conservada con su hora y su huella
help-word-miss = fallo
help-word-miss-text = una página que no llegó, con el motivo
help-word-finding = hallazgo
help-word-finding-text = lo que la máquina propone para un indicador
help-word-evidence = evidencia
help-word-evidence-text = un fragmento de una captura y la razón por la que cuenta
help-word-coverage = cobertura
help-word-coverage-text = lo que se vio y lo que faltó; toda conclusión de ausencia se apoya en ella
help-word-assignment = evaluación
help-word-assignment-text = uno de los dos exámenes independientes de una ciudad, A o B, asignado a un evaluador
help-word-decision = decisión
help-word-decision-text = la respuesta de un evaluador a un indicador
help-word-seal = sellado
help-word-seal-text = la declaración de un evaluador de que están dadas todas las respuestas de una evaluación; ya no cambian
help-word-comparison = comparación
help-word-comparison-text = las respuestas de las dos evaluaciones, una junto a otra
help-word-ruling = resolución
help-word-ruling-text = la respuesta definitiva de un revisor cuando dos respuestas discrepan
help-word-sign-off = validación
help-word-sign-off-text = la declaración de un revisor principal de que el trabajo sobre una ciudad está concluido
help-word-release = publicación
help-word-release-text = lo que se publicó en un momento dado
help-word-score = puntuación
help-word-score-text = el número de respuestas afirmativas en relación con el número de indicadores

audit-own = Usted ve sus propias acciones.
audit-caption = Acciones realizadas, las más recientes primero
audit-none = Nada.
audit-no = N.º
audit-at = Fecha
audit-action = Acción
audit-object = Objeto
audit-detail = Detalles
audit-digest = Huella
audit-older = Más antiguas
audit-verify = Verificar la cadena
audit-export = Descargar (JSON lines)
audit-whole = { $n ->
    [0] Ninguna fila.
    [one] Una sola fila, y es coherente.
   *[other] { $n } filas, y cada una encaja con la anterior.
}
audit-broken = La fila { $no } no encaja: ella o una fila anterior fue modificada, eliminada o insertada. Avise a un auditor antes de hacer cualquier otra cosa.
audit-last = Huella de la última fila que encaja
audit-keep = Anote el número y la huella en otro lugar: si más adelante alguien elimina filas del final, no podrá lograr que coincidan.
assign-unsurveyed = Esta ciudad aún no se ha rastreado. Rastréela primero: lo que ven los evaluadores queda fijado al asignarles la ciudad.
survey-first = Primero rastree las ciudades y luego asígnelas a los evaluadores: lo que ven queda fijado entonces.
links-local = Esta dirección solo funciona en este equipo. Inicie el programa con --listen y --origin para que otros puedan acceder.
links-open = Abrir
run-unreached = no alcanzado

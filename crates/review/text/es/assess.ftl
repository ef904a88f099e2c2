# El evaluador: trabajo, evaluación, decisión, evidencias, discrepancias.

work-none = Todavía no se le ha asignado ninguna ciudad.
work-caption = Sus ciudades
to-rebut = { $n ->
    [0] Ninguna discrepancia que comentar
    [one] Una discrepancia que comentar
   *[other] { $n } discrepancias que comentar
}
state-slot-open = Abierta
state-slot-sealed = Sellada: sus respuestas ya no cambian.
n-of-m-decided = Decisiones: { $n } de { $m }
live-home = El portal de la ciudad tal como es ahora
go-on = Continuar
sealed-on = Sellada el
to-seal = Sellar…
show-all = Todos
show-open = Sin decidir
show-yes = Sí
show-no = No
show-unclear = Dudoso
show-blocked = Bloqueado
answer-yes = Sí
answer-no = No
answer-unclear = Dudoso
answer-blocked = Bloqueado
answer-draft = Borrador
answer-open = Sin decidir
seal-title = Sellar la evaluación: { $city }
seal-text = Ha respondido a todos los indicadores. Una vez sellada la evaluación, sus respuestas ya no podrán modificarse; se compararán con las del otro evaluador cuando las dos evaluaciones estén selladas.
seal-independent = He dado estas respuestas por mi cuenta, sin conocer las del otro evaluador.
seal-send = Sellar
seal-lacking = { $n ->
    [0] Todos los indicadores están decididos.
    [one] Queda un indicador por decidir:
   *[other] Quedan { $n } indicadores por decidir:
}
seal-lacks = Quedan indicadores por decidir.
what-counts = Qué cuenta
not-enough = Qué no basta
scope-portal = Solo cuenta lo que está en el portal o aquello a lo que este enlaza.
scope-any = Cuenta cualquier canal de la ciudad, el portal en primer lugar.
machine-says = Respuesta de la máquina:
evidence = Evidencias
clean-text = Este indicador se presenta sin nada de lo que encontró la máquina, para saber qué encuentran las personas por sí mismas. Consulte el portal y añada lo que encuentre.
no-candidates = { $pages ->
    [0] La máquina no ha consultado ninguna dirección y no propone nada aquí. Eso no equivale a un «no»: búsquelo usted.
    [one] La máquina ha consultado una dirección y no propone nada aquí. Eso no equivale a un «no»: búsquelo usted.
   *[other] La máquina ha consultado { $pages } direcciones y no propone nada aquí. Eso no equivale a un «no»: búsquelo usted.
}
not-surveyed = Esta ciudad todavía no se ha rastreado. Consulte el portal y añada lo que encuentre.
use-this = Usar este fragmento:
captured = Fecha de captura
language = Idioma
digest = Huella
click-path = Ruta desde la página de inicio
see-text = Texto capturado
see-page = Página capturada
see-live = Página en línea (puede diferir)
add-evidence = Añadir o sustituir evidencia
your-answer = Su respuesta
field-reason = Motivo
field-trail = Dónde buscó
field-note = Nota
reason-none = –
trail-hint = Para un «no»: dónde más buscó, una dirección o búsqueda por línea.
decide = Decidir y continuar
keep-draft = Guardar como borrador
previous = Anterior
next = Siguiente
you-decided = Su decisión
yes-needs-evidence = Un «sí» requiere al menos un fragmento de una página capturada. Elija o añada uno.
no-needs-trail = Un «no» debe indicar dónde buscó: al menos una dirección o búsqueda.
needs-reason = Indique un motivo.
reason-not_found_after_search = No encontrado tras la búsqueda
reason-info_only_not_service = Solo información, no el servicio
reason-partial = Solo una parte
reason-outdated = Desactualizado
reason-wrong_portal = Portal equivocado
reason-wrong_entity = De otro organismo, no de la ciudad
reason-national_not_local = Nacional, no local
reason-third_party_site = Sitio de un tercero
reason-other_language = En un idioma que no leo
reason-link_dead = El enlace no funciona
reason-login_wall = Exige iniciar sesión
reason-machine_misread = La máquina lo interpretó mal
reason-duplicate = Duplicado
reason-definition_unclear = La definición no es clara
rebuttals-title = Discrepancias
overruled-title = Respuestas desestimadas
see-evidence = Buscar en las páginas capturadas
drop-passage = Descartar este fragmento
views = Vistas de la página capturada
address = Dirección
receipt-saving = Guardando…
receipt-saved = Guardado: { $time }
receipt-unsaved = Aún sin guardar: se ha interrumpido la conexión. Lo que escribió se conserva en este navegador y se enviará cuando se restablezca.
receipt-queued = Su decisión espera en este navegador y se enviará cuando se restablezca la conexión.
receipt-sent = Enviado: { $time }. Su decisión ha quedado guardada.
receipt-refused = Su decisión no se ha guardado. Vuelva a cargar la página, consulte la decisión vigente y decida de nuevo.
receipt-restored = Lo último que escribió ({ $time }) aún no se había guardado. Se ha recuperado.
find = Buscar
find-words = Buscar en este texto
found-n = { $n ->
    [0] Ninguna coincidencia
    [one] Una coincidencia
   *[other] { $n } coincidencias
}
found-none = Estas palabras no figuran en el texto capturado. La ortografía y los acentos deben coincidir; las mayúsculas y los saltos de línea no importan.
found-several = Estas palabras figuran más de una vez. Indique el principio y el final, o más palabras.
show-place = Mostrar
use-passage = Usar este fragmento
to-passage = Ir al fragmento marcado
parts = Partes del texto
previous-part = Parte anterior
next-part = Parte siguiente
text-none = No hay texto de esta página capturada.
choose-title = Elegir un fragmento
field-words = Palabras tal como figuran en el texto
words-hint = Escríbalas, péguelas o márquelas en el texto de arriba. Si figuran más de una vez, podrá elegir cuál.
places = O por posición
places-hint = Caracteres desde el comienzo del texto; el final es el primero que ya no forma parte de él.
field-start = Principio
field-end = Final
passage-wrong = Indique palabras del texto, como máximo 2000 caracteres.
static-hint = Una copia sin scripts, imágenes, formularios ni enlaces, para que nada de la página capturada pueda ejecutarse aquí. Los textos de las imágenes se muestran en su lugar.
static-title = Copia estática de la página capturada
static-alone = Solo la copia
search-captures = Buscar en las páginas capturadas
search-words = Palabras
search-hint = Busca en las direcciones y los textos de los enlaces de todas las páginas capturadas de esta ciudad, y en el texto de las que se propusieron como evidencia o que usted añadió.
captures-n = { $n ->
    [0] Ningún resultado
    [one] Una página capturada
   *[other] { $n } páginas capturadas
}
in-text = en el texto
added-title = Páginas que usted añadió
added-none = Ninguna por ahora.
fetch-title = Añadir una página
fetch-hint = Pegue la dirección de una página pública. Se obtiene una sola vez desde este servidor y se conserva, como las páginas del rastreo. Solo usted la ve hasta que las dos evaluaciones estén selladas.
fetch-send = Obtener y conservar
field-url = Dirección de la página
url-wrong = Esto no es una dirección web pública. Debe empezar por http:// o https:// y no contener nombre de usuario ni contraseña.
fetch-not-surveyed = Aún no puede añadirse ninguna página: esta ciudad no se había rastreado cuando se le asignó. Solicite un rastreo.
fetch-refused = La página no se ha conservado: { $why }
rebuttals-unsealed = Podrá comparar cuando las dos evaluaciones estén selladas.
rebuttals-within = Las respuestas difieren tan poco que un revisor resuelve cada discrepancia sin oír a los evaluadores. Más adelante verá aquí qué respuestas se desestimaron.
rebuttals-over = Las respuestas difieren en más de lo que admite la campaña. Indique en cada discrepancia si mantiene su respuesta; un revisor lo leerá antes de resolver. La respuesta en sí queda como estaba.
own-answer = Su respuesta
other-answer = La otra respuesta
final-answer = Respuesta definitiva
field-stance = ¿Cuál es su postura?
stance-keep = Mantengo mi respuesta
stance-concede = La otra respuesta es la correcta
said-keep = Mantiene su respuesta.
said-concede = Considera correcta la otra respuesta.
field-why = Por qué
rebuttal-send = Enviar
rebuttal-late = Un revisor ya ha resuelto esta discrepancia.
rebuttal-once = Ya se ha pronunciado sobre esta discrepancia.
rebuttal-none = Aquí no hay ninguna discrepancia sobre la que se le oiga.
rebuttal-why = Explique por qué mantiene su respuesta.
overruled-later = Cuando la ciudad esté validada, verá aquí qué respuestas se desestimaron.
overruled-n = { $n ->
    [0] No se desestimó ninguna respuesta suya.
    [one] Se desestimó una de sus respuestas.
   *[other] Se desestimaron { $n } de sus respuestas.
}
last-saved = Último guardado
looked-title = La máquina buscó aquí. Marque lo que usted mismo consultó.
decide-refused = Aún sin decidir. Lo que introdujo se conserva como borrador.
live-none = El nombre de este sitio está reservado para ejemplos: no hay página en línea.
passages = { $n ->
    [one] { $n } pasaje
   *[other] { $n } pasajes
}
see-file = El archivo tal como se recibió

# Palabras y mensajes comunes a todas las pantallas.

number = { $n }
n-of-m = { $n } de { $m }

skip = Ir al contenido
nav = Menú principal
nav-work = Mis evaluaciones
nav-cities = Ciudades
nav-campaigns = Campañas
nav-people = Personas
nav-appeals = Reclamaciones
nav-drift = Cambios
nav-agreement = Concordancia
nav-exports = Exportaciones
nav-audit = Registro de auditoría
nav-releases = Publicaciones
nav-help = Ayuda
crumbs = Usted está aquí
steps = Pasos
filter = Filtrar

sign-in = Iniciar sesión
sign-out = Cerrar sesión
sign-in-needed = Inicie sesión para continuar.
sign-in-wrong = El seudónimo o la contraseña no son correctos.
kept-while-out = Su sesión ha terminado. Lo que introdujo se conserva: podrá enviarlo de nuevo después de iniciar sesión.
kept-title = Lo que introdujo
kept-text = Su sesión se cerró antes del envío. Todavía no se ha guardado nada. Compruebe los datos y envíelos de nuevo.
what-you-sent = Lo que envió
send-again = Enviar de nuevo
start-over = Empezar de nuevo
to-start = Volver al inicio

setup-title = Primer administrador
setup-text = Portolan se ejecuta aquí por primera vez. El token se mostró en el lugar donde se inició el programa. El primer administrador gestiona las personas y las campañas, y no toma ninguna decisión de evaluación.
setup-send = Crear el administrador
welcome-title = Elegir una contraseña
welcome-text = Este enlace funciona una sola vez. Usted aparecerá con el seudónimo
welcome-send = Guardar la contraseña e iniciar sesión
password-hint = Al menos 12 caracteres; una frase es fácil de recordar. Puede pegar una contraseña desde un gestor.
password-short = La contraseña tiene menos de 12 caracteres.
password-long = La contraseña tiene más de 256 caracteres.
password-common = Esta contraseña es de las primeras que se prueban. Elija otra.
password-name = La contraseña contiene el seudónimo. Elija otra.
link-wrong = Este token o enlace no es correcto, ya se utilizó o ha caducado. Pida uno nuevo al administrador.
pseudonym-wrong = Un seudónimo tiene al menos dos caracteres y ningún espacio: solo letras a–z, cifras 0–9 y -.
pseudonym-taken = Ese seudónimo ya está en uso. Elija otro.

field-person = Seudónimo
field-pseudonym = Seudónimo (le representa en todas partes, también en público)
field-name = Nombre
field-password = Contraseña
field-new-password = Nueva contraseña
field-token = Token
field-answer = Respuesta
field-pick = Evidencia

field-missing = Este campo es obligatorio.
field-long = El texto es demasiado largo.
field-many = Hay demasiados valores.
field-unknown = Este valor no figura entre las opciones.
field-number = Indique un número entero.

unknown-title = Página no encontrada
unknown-text = En esta dirección no hay nada, o nada a lo que usted tenga acceso.
forbidden-title = Acceso no autorizado
not-yours = Sus funciones no le permiten hacer esto aquí y ahora.
other-site = La solicitud procede de otro sitio o de una página antigua. Vuelva a cargar la página y envíela desde allí.
token-reads-only = Este token solo permite leer.
wrong-title = Datos por corregir
wrong-text = Aún no se ha hecho: hay algo que corregir. Lo que introdujo figura más abajo.
stale-title = Modificado mientras tanto
stale-text = Después de que usted abriera la página, se tomó aquí una decisión desde otra ventana u otro programa. No se ha sobrescrito nada. Consulte la decisión vigente y decida de nuevo.
conflict-title = Esto no puede hacerse ahora
once-used = Ya se envió otro contenido con este nombre. Vuelva a cargar la página.
too-many-title = Demasiados intentos
too-many-text = { $minutes ->
    [one] Espere un minuto e inténtelo de nuevo.
   *[other] Espere { $minutes } minutos e inténtelo de nuevo.
}
broken-title = Se ha producido un error por nuestra parte
broken-text = Ha quedado anotado en el registro del programa. No se ha perdido nada de lo que se le confirmó. Inténtelo de nuevo y, si el error persiste, avise al administrador.

said-saved = Guardado.
said-decided = Decisión guardada.
said-sealed = Evaluación sellada.
said-signed-in = Sesión iniciada.
said-signed-out = Sesión cerrada.
said-password = La contraseña se ha cambiado. Las demás sesiones se han cerrado.
said-added = Añadido.
said-begun = Iniciado.
said-ruled = Resolución guardada.
said-signed-off = Ciudad validada.
said-released = Publicación realizada.
said-sent = Enviado.

city = Ciudad
campaign = Campaña
round = Ronda
progress = Avance
due = Plazo
state = Estado

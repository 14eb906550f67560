/** Todas las palabras de la página en español, salvo los artículos. */

/** @type {import("../i18n.js").Words} */
export const es = {
  name: "Analizador de rebotes",
  skip: "Ir a la respuesta",
  "reference.link": "Todos los errores",
  language: "Idioma",

  "ask.lede": "Pegue el mensaje devuelto.\nLea el motivo y la solución.",
  "ask.label": "Rebote, línea de error, línea de registro o código",
  "ask.placeholder": "550 5.7.705 Access denied, tenant has exceeded threshold",
  "ask.next": "Pegue aquí un rebote",
  "ask.read": "Explicar",
  "ask.file": "Abrir un archivo",
  "ask.clear": "Borrar",
  "ask.clipboard": "el portapapeles",
  "ask.file-read": "Leído: {name}",
  "ask.files-read": { one: "Leído de {n} archivo", many: "Leído de {n} archivos", other: "Leído de {n} archivos" },

  "privacy.loading": "Nada sale de esta página.",
  "privacy.locked": "Aislada de la red: nada sale de esta página.",
  "privacy.how": "Cómo comprobarlo",
  "privacy.why":
    "La página ya ha cargado todo lo que necesita y después ha pedido al navegador que rechace cualquier conexión hasta que la cierre o la recargue.",
  "privacy.check.1":
    "Abra las herramientas de desarrollo del navegador (F12), elija Red y pegue un rebote: la lista sigue vacía.",
  "privacy.check.2": 'Escriba fetch("/") en la consola: el navegador lo rechaza.',
  "privacy.check.3": "O desconéctese de la red: aquí todo sigue funcionando.",

  "samples.title": "O pruebe con uno de estos",
  "sample.tenant-threshold": "5.7.705, toda una organización bloqueada",
  "sample.unregistered-domain": "5.7.750, un dominio sin registrar",
  "sample.dsn": "El informe completo de un 5.7.705",
  "sample.outlook": "Lo que muestra Outlook, copiado de la pantalla",
  "sample.gmail": "Un informe de Gmail",
  "sample.delay": "Un retraso que aún se reintenta",
  "sample.several": "Tres destinatarios, dos causas",
  "sample.away": "Una respuesta de ausencia",

  "get.title": "¿De dónde saco el rebote?",

  "drop.here": "Suelte el rebote en cualquier parte",

  "file.empty": "{name} está vacío. Guarde otra vez el mensaje y suelte el archivo nuevo.",
  "file.folder": "Eso es una carpeta. Ábrala y suelte el mensaje.",
  "file.too-large":
    "{name} ocupa más de {limit}. Guarde solo el mensaje devuelto, sin el resto del buzón, y suéltelo aquí.",
  "file.msg":
    "{name} es un archivo .msg de Outlook, que esta página aún no lee. Ábralo, pulse Ctrl+E y Ctrl+C, y péguelo aquí.",
  "file.zip": "{name} es un archivo comprimido. Descomprímalo y suelte el mensaje que contiene.",
  "file.image": "{name} es una imagen. Copie el texto del rebote y péguelo aquí.",
  "file.pdf": "{name} es un PDF. Seleccione el texto, cópielo y péguelo aquí.",
  "file.office": "{name} es un documento de Office. Ábralo, copie el texto del rebote y péguelo aquí.",
  "file.unreadable": "No se puede leer {name}. Guarde otra vez el mensaje y suelte el archivo nuevo.",
  "file.nothing":
    "Lo que ha arrastrado no contiene ningún correo. Guarde antes el mensaje como archivo y suelte el archivo.",

  "answer.title": "Respuesta",
  "answer.reading": "Leyendo",
  "answer.announce": "Respuesta: {title}. {state}",
  "answer.failed":
    "El lector se ha detenido en este texto. Sigue en el campo: redúzcalo a la parte que nombra el error y vuelva a intentarlo.",
  "answer.cleared": "Borrado.",
  "answer.more": {
    one: "Mostrar {n} causa más",
    many: "Mostrar más de las otras {n} causas",
    other: "Mostrar más de las otras {n} causas",
  },
  "answer.unknown-article": "No hay ninguna explicación en esta dirección.",

  overview: { one: "{n} causa", many: "{n} causas distintas", other: "{n} causas distintas" },
  "overview.messages": { one: "{n} mensaje", many: "{n} mensajes", other: "{n} mensajes" },
  "overview.recipients": { one: "{n} destinatario", many: "{n} destinatarios", other: "{n} destinatarios" },

  "state.final": "Definitivo",
  "state.final.resend": "Si lo reenvía sin cambios, volverá a fallar.",
  "state.temporary": "Temporal",
  "state.temporary.resend": "Si lo reenvía más tarde, puede que llegue.",
  "state.delay": "Con retraso",
  "state.delay.resend": "Aún no se ha perdido nada: el servidor sigue intentándolo. No lo reenvíe.",
  "state.article": "Explicación",
  "state.article.resend": "No se ha leído ningún rebote. Pegue el suyo para ver aquí sus propios datos.",
  "guess.registry": "Deducido solo del código.",
  "guess.class": "Es una suposición: solo se conoce el tipo de código.",

  "verdict.delay": "El servidor sigue intentándolo. Hasta ahora:",

  "who.acts": "debe actuar",
  "who.acts-later": "debe actuar si el retraso continúa",
  "who.sender": "El remitente",
  "who.sender-admin": "El administrador del remitente",
  "who.recipient": "El destinatario",
  "who.recipient-admin": "El administrador del destinatario",

  "steps.title": "Qué hacer",
  "steps.as": "Pasos para",
  "role.sender": "el remitente",
  "role.sender-admin": "el administrador del remitente",
  "role.recipient": "el destinatario",
  "role.recipient-admin": "el administrador del destinatario",
  "steps.done": "El paso {n} está hecho",
  "command.copy": "Copiar",
  "command.copied": "Copiado",
  "command.copy-label": "Copiar el comando {command}",

  "evidence.title": "Dónde lo dice el mensaje",
  "evidence.show": "Mostrarlo en el mensaje",
  "sure.title": "Con qué certeza",
  "sure.provider-text": "Lo dice el mensaje, con las palabras que {provider} usa para esto.",
  "sure.provider-text.unknown": "Lo dice el mensaje, con las palabras que el proveedor usa para esto.",
  "sure.text": "Lo dice el mensaje.",
  "sure.status": "El mensaje da el código, pero no el motivo en palabras. {provider} usa este código para esto.",
  "sure.status.unknown": "El mensaje da el código, pero no el motivo en palabras. El código corresponde a esta causa.",
  "sure.registry":
    "El mensaje da el código, pero no el motivo en palabras. Esto es lo que significa según los estándares del correo; el servidor pudo referirse a algo más concreto.",
  "sure.class":
    "Es una suposición. El mensaje dice qué tipo de fallo es, pero no la causa; esto es lo que suele significar.",

  "causes.title": "Causas probables",
  "avoid.title": "Qué lo empeora",
  "recipients.title": { one: "Destinatario", many: "{n} destinatarios", other: "{n} destinatarios" },
  "recipients.all": "Mostrar los {n}",
  "sources.title": "Fuentes",
  "sources.reviewed": "Última comprobación: {date}.",
  "related.title": "Relacionado",
  permalink: "Enlace a esta explicación",
  "permalink.note": "No contiene nada de su rebote.",
  "list.more": { one: "{n} más", many: "{n} más", other: "{n} más" },

  "note.copy": "Copiar una nota para pedírselo",
  "note.copied": "Nota copiada",
  "note.done": "Se ha copiado una nota para {who}, con la dirección del destinatario. Péguela en un correo.",
  "note.greeting": "Hola:",
  "note.sender": "Su correo a {recipient} no llega. Esto es lo que se sabe y lo que puede hacer.",
  "note.sender.unnamed": "Su correo no llega. Esto es lo que se sabe y lo que puede hacer.",
  "note.sender-admin":
    "El correo de nuestra organización a {recipient} no llega. Solo puede arreglarlo un administrador de nuestro correo.",
  "note.sender-admin.unnamed":
    "El correo de nuestra organización no llega. Solo puede arreglarlo un administrador de nuestro correo.",
  "note.recipient": "Mi correo a su dirección {recipient} no llega. Solo usted puede cambiarlo, por su lado.",
  "note.recipient.unnamed": "Mi correo no le llega. Solo usted puede cambiarlo, por su lado.",
  "note.recipient-admin":
    "El correo a {recipient} no llega. Solo puede arreglarlo un administrador del correo de su organización.",
  "note.recipient-admin.unnamed":
    "El correo a su organización no llega. Solo puede arreglarlo un administrador del correo por su lado.",
  "note.explained": "La explicación que he recibido como remitente: «{title}»",
  "note.steps": "Qué hacer:",
  "note.said": "Las palabras decisivas:",
  "note.thanks": "Muchas gracias.",

  "facts.title": "Datos",
  "facts.first": "Datos del primer destinatario",
  "facts.message": "El mensaje devuelto",
  "fact.recipient": "Destinatario",
  "fact.original-recipient": "Enviado a",
  "fact.reply": "Respuesta",
  "fact.status": "Estado",
  "fact.diagnostic": "El servidor dijo",
  "fact.remote-mta": "Respondió",
  "fact.reporting-mta": "Informó",
  "fact.received-from-mta": "Recibido de",
  "fact.command": "Orden",
  "fact.arrival": "Llegada",
  "fact.last-attempt": "Último intento",
  "fact.retry-until": "Reintenta hasta",
  "fact.queue-id": "Id. de cola",
  "fact.envelope-id": "Id. de sobre",
  "fact.subject": "Asunto",
  "fact.from": "De",
  "fact.to": "Para",
  "fact.date": "Fecha",
  "fact.message-id": "Id. del mensaje",
  "fact.locate": "Mostrar dónde está",
  "fact.ascii": "En ASCII: {host}",

  "way.title": "El camino que siguió",
  "way.drawn": {
    one: "{n} salto.",
    many: "{n} saltos en {time}, por orden de tiempo.",
    other: "{n} saltos en {time}, por orden de tiempo.",
  },
  "way.drawn.longest": "La espera más larga, {time}, fue antes del salto {hop}.",
  "way.rest": { one: "Mostrar {n} salto más", many: "Mostrar {n} saltos más", other: "Mostrar {n} saltos más" },
  "way.from": "desde",
  "way.unnamed": "un servidor sin nombre",
  "way.clocks": "los relojes difieren en {time}",
  "way.signed": "Firmado por",
  "way.notes": "Lo que anotaron los sistemas de correo",
  "checks.title": "Comprobaciones del remitente",
  "check.pass": "superado",
  "check.fail": "no superado",
  "check.unknown": "sin resultado",

  "source.title": "El mensaje",
  "source.more": {
    one: "Mostrar {n} parte más",
    many: "Mostrar más de las otras {n} partes",
    other: "Mostrar más de las otras {n} partes",
  },
  "source.text": "Texto",
  "source.status": "Estado de la entrega",
  "source.headers": "Encabezados del informe",
  "source.returned": "Mensaje devuelto",
  "source.of": "{source} de {name}",
  "source.skipped": {
    one: "Falta {n} carácter: mostrarlo",
    many: "Faltan {n} caracteres: mostrar más",
    other: "Faltan {n} caracteres: mostrar más",
  },
  "source.control": "Carácter oculto {code}",

  "kind.auto-reply": "Esto es una respuesta automática, no un rebote",
  "kind.auto-reply.text":
    "Su mensaje fue aceptado. Un buzón respondió por sí solo, por ejemplo porque su titular está ausente. No hay nada que arreglar; escriba de nuevo después de la fecha que da la respuesta o a la persona que nombra.",
  "kind.read-receipt": "Esto es una confirmación de lectura, no un rebote",
  "kind.read-receipt.text":
    "Su mensaje llegó. Un programa de correo informa de lo que se hizo con él: se mostró o se eliminó sin leer. No hay nada que arreglar.",
  "kind.abuse-report": "Esto es un informe de abuso, no un rebote",
  "kind.abuse-report.text":
    "El mensaje se entregó y quien lo recibió lo marcó como spam. Su proveedor se lo comunica. Quite a esa persona de la lista y averigüe por qué no esperaba su correo.",
  "kind.delivered": "Esto es un aviso de éxito: el mensaje se entregó",
  "kind.delivered.text":
    "El remitente, o su programa de correo, pidió una confirmación, y es esta. No hay nada que arreglar.",
  "kind.other": "Esto no es un rebote",
  "kind.other.text":
    "Nada en él dice que un mensaje no se pudiera entregar. Vuelva a abrir el mensaje devuelto y péguelo entero, también la parte técnica del final.",
  "kind.empty": "No hay nada que leer",
  "kind.empty.text": "La entrada está vacía. Pegue el mensaje devuelto o solo la línea con el error.",

  "problems.title": "Sobre la lectura",
  "problem.too-large": "La entrada era mayor de lo que lee esta herramienta; el resto se ha omitido.",
  "problem.too-many-messages": "Había más mensajes de los que esta herramienta lee a la vez; el resto se ha omitido.",
  "problem.nested-too-deep":
    "Había mensajes metidos unos dentro de otros a más profundidad de la que esta herramienta abre.",
  "problem.too-many-recipients":
    "Había más destinatarios de los que esta herramienta lee a la vez; el resto se ha omitido.",
  "problem.too-many-replies":
    "Había más respuestas de servidores de las que esta herramienta lee a la vez; el resto se ha omitido.",
  "problem.too-many-fields":
    "Había más campos de cabecera de los que esta herramienta lee a la vez; el resto se ha omitido.",
  "problem.too-many-hops":
    "El recorrido del mensaje tenía más pasos de los que esta herramienta muestra; el resto se ha omitido.",
  "problem.too-much-text": "Había más texto del que esta herramienta lee a la vez; el resto se ha omitido.",
  "problem.too-much-work":
    "Había demasiado que leer de una vez; el resto se ha omitido. Divídalo y lea las partes una a una.",
  "problem.text-cut": "Un texto largo se ha cortado.",
  "problem.said-cut": "Un texto de error largo solo se ha leído en parte; el motivo puede estar en el resto.",
  "problem.unreadable-characters": "Algunos caracteres no se han podido descodificar; se muestran como �.",
  "problem.other": "El lector señala: {code}.",

  "copy.title": "Llévese la respuesta",
  "copy.markdown": "Markdown",
  "copy.text": "Texto sin formato",
  "copy.json": "JSON",
  "copy.copy": "Copiar",
  "copy.copy-as": "Copiar: {format}",
  "copy.save": "Guardar",
  "copy.save-as": "Guardar: {format}",
  "copy.note": "En ellas se sustituyen nombres, direcciones, IP e identificadores.",
  "copy.whole": "Conservarlos por esta vez",
  "copy.done-redacted": "Copiado sin nombres ni direcciones: {format}.",
  "copy.done": "Copiado: {format}.",
  "copy.saved-redacted": "Guardado como {file}, sin nombres ni direcciones. Está entre las descargas del navegador.",
  "copy.saved": "Guardado como {file}. Está entre las descargas del navegador.",
  "copy.sample": "Muestra para quienes mantienen esto",
  "copy.sample-note":
    "¿No es lo que pasó? Copie la muestra, sin nombres ni direcciones, y envíela a quienes mantienen la herramienta. Aquí no se envía nada.",
  "copy.failed": "El navegador no ha dejado copiar a la página.",

  "offline.ready": "Lista para usarse sin conexión: ahora esta página también se abre sin red.",
  "update.ready": "Hay una versión nueva de esta página.",
  "update.reload": "Recargar",
  "update.others": "Cierre antes las demás pestañas de esta página y vuelva a intentarlo.",

  "offline.link": "Toda la herramienta en un solo archivo",
  "offline.note": "funciona sin servidor y sin red. Su SHA-256:",

  "failed.errors": "Todos los errores se explican también sin él.",
  "failed.title": "La herramienta no ha podido arrancar",
  "failed.text":
    "Este navegador no ha podido cargar el lector, que necesita WebAssembly. Actualice el navegador, o permita WebAssembly y JavaScript en esta página, y vuelva a cargarla.",
};

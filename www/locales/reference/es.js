/**
 * Las palabras de la referencia y de la ayuda, en español: las que no hacen
 * falta para la primera respuesta. Las usan también las páginas estáticas.
 */

/** @type {import("../../i18n.js").Words} */
export const es = {
  "get.outlook-classic": "Outlook para Windows (clásico)",
  "get.outlook-classic.1": "Abra el mensaje devuelto en su propia ventana.",
  "get.outlook-classic.2": "Pulse Ctrl+E y después Ctrl+C.",
  "get.outlook-classic.3": "Vuelva al analizador y pulse Ctrl+V.",
  "get.outlook-new": "Nuevo Outlook y Outlook en la web",
  "get.outlook-new.1": "Abra el mensaje devuelto.",
  "get.outlook-new.2": "Abra Más acciones (…) y elija Guardar como o Descargar. Si ofrece EML y MSG, elija EML.",
  "get.outlook-new.3":
    "Suelte el archivo guardado en el analizador. Arrastrar el propio mensaje no trae ningún correo.",
  "get.gmail": "Gmail",
  "get.gmail.1": "Abra el mensaje devuelto.",
  "get.gmail.2": "Abra Más (⋮) y elija Descargar mensaje.",
  "get.gmail.3": "Suelte el archivo .eml guardado en el analizador.",
  "get.apple-mail": "Mail de Apple",
  "get.apple-mail.1": "Seleccione el mensaje devuelto.",
  "get.apple-mail.2": "Elija Archivo > Guardar como, con el formato de origen del mensaje sin procesar.",
  "get.apple-mail.3": "Suelte el archivo guardado en el analizador.",
  "get.thunderbird": "Thunderbird",
  "get.thunderbird.1": "Abra el mensaje devuelto.",
  "get.thunderbird.2": "Pulse Ctrl+S y guárdelo como .eml.",
  "get.thunderbird.3": "Suelte el archivo guardado en el analizador.",

  "reference.title": "Todos los errores, explicados",
  "reference.label": "Buscar por código, palabras o proveedor",
  "reference.placeholder": "5.7.1, buzón lleno, Gmail",
  "reference.private": "Lo que escriba no sale de esta página.",
  "reference.count": { one: "{n} error", many: "{n} errores", other: "{n} errores" },
  "reference.closest": {
    one: "Ningún error reúne todo esto. El más cercano es este.",
    many: "Ningún error reúne todo esto. Los más cercanos son estos {n}.",
    other: "Ningún error reúne todo esto. Los más cercanos son estos {n}.",
  },
  "reference.none": "Ningún error coincide con esto.",
  "reference.near": "Errores con estas palabras",
  "reference.read": "Leerlo como rebote",
  "reference.read-note": "¿Son palabras de su rebote?",
  "reference.providers": "Sistemas de correo",
  "reference.top": "Volver a la búsqueda",
  "family.generic": "Cualquier sistema de correo",
  "family.smtp": "Códigos de respuesta del estándar (RFC 5321)",
  "family.rfc3463": "Códigos de estado del estándar (RFC 3463)",
  "family.class": "Cuando solo se conoce el tipo de fallo",

  "page.lede": "{errors} de {systems}: qué significa cada uno, quién debe actuar y qué pasos lo resuelven.",
  "page.systems": { one: "{n} sistema de correo", many: "{n} sistemas de correo", other: "{n} sistemas de correo" },
  description:
    "Pegue un correo devuelto o su código de error: por qué volvió, quién debe actuar y qué lo resuelve. Nada sale de la página.",
  "page.description":
    "Qué significa un correo devuelto: {errors} de Microsoft 365, Gmail, Yahoo, Postfix y otros, con quién debe actuar y los pasos que resuelven cada uno.",
  "page.search": "Buscar en todos",
  "page.paste": "Pegue su rebote",
  "page.paste-note":
    "y lea qué significa, con sus propias direcciones y servidores en los pasos. No sale de su navegador.",
  "page.reads": "Así se lee el rebote",
  "page.codes": { one: "Código", many: "Códigos", other: "Códigos" },
  "page.said-by": "Lo dice",
  "page.both": "Definitivo o temporal",
  "page.both.resend": "Lo decide el primer dígito del código: 5 es definitivo, 4 es temporal.",
  "page.moved": "Esta explicación ha cambiado de dirección.",
  "help.link": "Ayuda",
  "help.title": "¿Cómo saco el rebote de mi programa de correo?",
  "help.description":
    "Cómo sacar un correo devuelto de Outlook, Gmail, Mail de Apple o Thunderbird, en tres pasos cada uno, para que se lo expliquen.",
  "help.lede":
    "El mensaje entero dice más que lo que se ve en pantalla: guárdelo o cópielo, y después suéltelo o péguelo en el analizador.",
  "help.only-line": "¿Solo tiene una línea, un código o una línea del registro de correo? Basta para empezar: péguelo.",
  "help.open": "Abrir el analizador",
};

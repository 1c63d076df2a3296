/** Texts of the pages that a person sees after sending a form. */
interface Texts {
  readonly thanks: string;
  readonly received: string;
  readonly notSent: string;
  readonly email: string;
  readonly busy: string;
  /** The source does not take forms from the page it is on. */
  readonly page: string;
  readonly other: string;
  readonly goBack: string;
}

const TEXTS: Readonly<Record<string, Texts>> = {
  en: {
    thanks: 'Thank you.',
    received: 'We have received your answers.',
    notSent: 'Your answers were not sent.',
    email: 'Please enter a valid e-mail address.',
    busy: 'We cannot take them at the moment. Please try again in a few seconds.',
    page: 'This form cannot be sent from the page it is on. Please tell the owner of that page.',
    other: 'Something in the form was not as we expected.',
    goBack: 'Go back in your browser: what you typed is still there.',
  },
  de: {
    thanks: 'Vielen Dank.',
    received: 'Wir haben Ihre Angaben erhalten.',
    notSent: 'Ihre Angaben wurden nicht gesendet.',
    email: 'Bitte geben Sie eine gültige E-Mail-Adresse ein.',
    busy: 'Wir können sie im Moment nicht annehmen. Bitte versuchen Sie es in einigen Sekunden noch einmal.',
    page: 'Dieses Formular kann von seiner Seite aus nicht gesendet werden. Bitte sagen Sie es deren Betreiber.',
    other: 'Etwas in dem Formular war nicht wie erwartet.',
    goBack: 'Gehen Sie in Ihrem Browser zurück: Ihre Eingaben sind noch da.',
  },
  fr: {
    thanks: 'Merci.',
    received: 'Nous avons bien reçu vos réponses.',
    notSent: 'Vos réponses n’ont pas été envoyées.',
    email: 'Veuillez saisir une adresse e-mail valide.',
    busy: 'Nous ne pouvons pas les recevoir pour le moment. Veuillez réessayer dans quelques secondes.',
    page: 'Ce formulaire ne peut pas être envoyé depuis cette page. Veuillez en informer son propriétaire.',
    other: 'Le formulaire contient une réponse inattendue.',
    goBack: 'Revenez en arrière dans votre navigateur : vos réponses y sont encore.',
  },
  es: {
    thanks: 'Gracias.',
    received: 'Hemos recibido sus respuestas.',
    notSent: 'Sus respuestas no se han enviado.',
    email: 'Introduzca una dirección de correo electrónico válida.',
    busy: 'No podemos recibirlas en este momento. Inténtelo de nuevo dentro de unos segundos.',
    page: 'Este formulario no se puede enviar desde su página. Avise, por favor, a su propietario.',
    other: 'Algo en el formulario no era como esperábamos.',
    goBack: 'Vuelva atrás en su navegador: lo que escribió sigue ahí.',
  },
  it: {
    thanks: 'Grazie.',
    received: 'Abbiamo ricevuto le sue risposte.',
    notSent: 'Le sue risposte non sono state inviate.',
    email: 'Inserisca un indirizzo e-mail valido.',
    busy: 'Al momento non possiamo riceverle. Riprovi tra qualche secondo.',
    page: 'Questo modulo non può essere inviato dalla sua pagina. La preghiamo di avvisarne il proprietario.',
    other: 'Qualcosa nel modulo non era come previsto.',
    goBack: 'Torni indietro nel browser: ciò che ha scritto è ancora lì.',
  },
  nl: {
    thanks: 'Bedankt.',
    received: 'We hebben uw antwoorden ontvangen.',
    notSent: 'Uw antwoorden zijn niet verzonden.',
    email: 'Vul een geldig e-mailadres in.',
    busy: 'We kunnen ze op dit moment niet ontvangen. Probeer het over enkele seconden opnieuw.',
    page: 'Dit formulier kan niet vanaf deze pagina worden verzonden. Laat het de eigenaar ervan weten.',
    other: 'Iets in het formulier was niet zoals verwacht.',
    goBack: 'Ga terug in uw browser: wat u hebt getypt staat er nog.',
  },
};

/** Pages may be shown in the frame of any site that embeds the form; they load and run nothing. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *",
  'cross-origin-resource-policy': 'cross-origin',
};

/** The page after a form was taken. `acceptLanguage`: the header of that name. */
export const thanksPage = (acceptLanguage = ''): string => {
  const [language, { thanks, received }] = textsFor(acceptLanguage);
  return page(language, thanks, `<p>${received}</p>`);
};

export type FormFault = 'email' | 'busy' | 'page' | 'other';

/** The page after a form was not taken, for the person who sent it. */
export const faultPage = (fault: FormFault, acceptLanguage = ''): string => {
  const [language, texts] = textsFor(acceptLanguage);
  return page(language, texts.notSent, `<p>${texts[fault]}</p><p>${texts.goBack}</p>`);
};

/** The first language of the header that there are texts for, in the order given; English without one. */
const textsFor = (acceptLanguage: string): [string, Texts] => {
  for (const part of acceptLanguage.slice(0, 200).split(',')) {
    const language = part.trim().slice(0, 2).toLowerCase();
    if (Object.hasOwn(TEXTS, language)) return [language, TEXTS[language]!];
  }
  return ['en', TEXTS['en']!];
};

const STYLE = `:root{color-scheme:light dark}body{font:1.125rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem}h1{font-size:1.5rem}`;

const page = (language: string, title: string, content: string): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1>${content}</main></body></html>`;

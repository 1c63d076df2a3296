/** Lower case, without accents, full-width forms and surrounding white space. */
export const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').trim().toLowerCase();

const wordsOf = (list: string): ReadonlySet<string> => new Set(folded(list).split(/\s+/));

/** Values without any words, as boxes and programs send them. */
export const YES = new Set(['true', 'on', '1', 'y', 't', 'checked', 'selected', 'x', ...'✓✔☑✅👍']);
export const NO = new Set(['false', 'off', '0', 'n', 'f', 'unchecked', '-', ...'✗✘❌☐👎']);

/** Words of a refusal in the common languages of Europe, without accents; one of them anywhere in an answer makes it a no. */
export const REFUSAL = wordsOf(`no not non nope never none neither without stop dont doesnt wont cannot
  decline declined declining denied deny disagree disagreed refuse refused reject rejected withdraw withdrawn revoke revoked
  unsubscribe unsubscribed optout opted-out remove removed
  nein nicht kein keine keinen niemals ablehnen abgelehnt widerrufen
  pas jamais aucun aucune refuser
  nunca ningun ninguna rechazo
  nao nenhum nenhuma recuso
  nessun nessuna rifiuto
  nee niet geen nooit
  nej ikke inte aldrig ingen
  ei halua nie nikdy nem niciodata ohi oxi hayır istemiyorum
  нет не ні όχι δεν لا いいえ 同意しない 同意しません 希望しない 否 不同意 不要 아니요 아니오`);
/** Refusals that are other words elsewhere (French `en`, Dutch `nu`, German `Mai`): they count as the first word only. */
export const LEADING_REFUSAL = wordsOf('ne nu en mai');
/** What people can still do later: beside `at any time` these refuse nothing. */
export const REVOCATION = wordsOf(`unsubscribe withdraw revoke optout cancel remove widerrufen`);
/** Words of an agreement. */
export const AGREEMENT =
  wordsOf(`yes yep yeah ok okay sure please agree agreed agrees accept accepted accepts allow allowed consent consents consented
  grant granted subscribe subscribed subscribes want optin opt-in opted-in send sign
  ja gerne gern bitte zustimmen zustimmung stimme einverstanden akzeptiere akzeptiert einwilligung
  oui daccord accepte accepter souhaite veux jaccepte
  si acepto acepta quiero deseo aceito aceita sim quero
  accetto accetta acconsento voglio iscrivimi
  akkoord graag wil
  godkanner samtykker godkender accepterer onskar vil
  hyvaksyn kylla tak zgadzam wyrazam ano souhlasim igen elfogadom da accept nai
  taip jah evet
  да так согласен согласна ναι συμφωνω نعم כן はい 同意 同意する 同意します 希望する 希望します 是 예 네 동의 동의합니다`);
/** Words of an answer that decides nothing yet, or agrees to less than marketing: no consent. */
export const RESERVATION =
  wordsOf(`maybe perhaps possibly later unsure undecided sometimes depends only essential necessary required
  transactional vielleicht spater eventuell nur unsicher peut-etre peut-être plus-tard seulement uniquement quizas quiza tal-vez
  despues solo solamente forse dopo soltanto talvez depois apenas somente misschien later alleen kanske senare endast bara kanskje
  maske senere kun moze pozniej tylko mozna`);
/** What people agree to when it is no marketing: the terms of use, the processing of the request itself. */
export const TERMS =
  wordsOf(`terms conditions privacy policy gdpr dsgvo datenschutz datenschutzerklarung datenschutzbestimmungen agb
  nutzungsbedingungen verarbeitung cgu cgv rgpd confidentialite politique privacidad terminos condiciones politica rgpd termini
  condizioni informativa privacybeleid voorwaarden processing cookies`);
/** What marketing sends. A box is sent only when it is ticked, so its label alone, `Monthly newsletter`, agrees to it. */
export const MARKETING =
  wordsOf(`newsletter newsletters news email emails e-mail e-mails mailing mailings mailinglist marketing
  updates offers promotions tips invitations infos information informed posted
  nachrichten angebote neuigkeiten werbung infopost
  actualites nouvelles offres infolettre
  boletin noticias ofertas novedades promociones
  notizie offerte novita aggiornamenti promozioni
  novidades promocoes
  nieuwsbrief nieuws aanbiedingen
  nyhetsbrev nyhetsbrevet nyheter erbjudanden nyhedsbrev nyhedsbrevet nyheder tilbud uutiskirje uutiskirjeen biuletyn oferty wiadomosci`);

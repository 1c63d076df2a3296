/** Words and phrases of the default scoring model, in the languages of its example market; case and accents do not matter. */

const functions = ['marketing', 'sales', 'operations', 'finance', 'hr', 'it', 'product', 'engineering'];

/** Titles that decide, or are close to who does. */
export const SENIOR = [
  ...['ceo', 'cto', 'cfo', 'cmo', 'coo', 'cio', 'cro', 'c.e.o.', 'vp', 'svp', 'evp', 'chief', 'president'],
  ...['vice president', 'director', 'founder', 'cofounder', 'managing partner', 'senior partner'],
  ...['business owner', 'company owner', 'co-owner', 'owner operator', 'head of'],
  ...functions.flatMap((name) => [`head ${name}`, `${name} head`]),
  // German
  ...['geschäftsführer', 'geschäftsführerin', 'geschaeftsfuehrer', 'geschaeftsfuehrerin', 'vorstand'],
  ...['inhaber', 'inhaberin', 'gründer', 'gründerin', 'leiter', 'leiterin', 'vertriebsleiter'],
  ...['vertriebsleiterin', 'marketingleiter', 'marketingleiterin', 'bereichsleiter', 'abteilungsleiter'],
  // French
  ...['directeur', 'directrice', 'pdg', 'gérant', 'gérante', 'dirigeant', 'dirigeante', 'fondateur'],
  ...['fondatrice', 'président', 'présidente', "chef d'entreprise"],
  // Spanish, Portuguese, Italian
  ...['directora', 'gerente', 'fundador', 'fundadora', 'propietario', 'presidenta', 'jefe de', 'jefa de'],
  ...['diretor', 'diretora', 'presidente', 'direttore', 'direttrice', 'amministratore delegato', 'fondatore'],
  // Dutch, Polish, Scandinavian, Japanese, Chinese
  ...[
    'hoofd',
    'eigenaar',
    'oprichter',
    'bestuurder',
    'dyrektor',
    'prezes',
    'direktør',
    'direktör',
    'grundare',
  ],
  ...['社長', '取締役', '部長', '总经理', '总监', '创始人'],
];

/** Senior only as the whole title: a product owner, a partner manager and a head chef decide about something else. */
export const SENIOR_TITLES = ['owner', 'partner', 'head'];

/** Titles that name a senior role of somebody else. */
export const ASSISTING = [
  ...[
    'assistant to',
    'executive assistant',
    'personal assistant',
    "'s assistant",
    'secretary',
    'office of the',
  ],
  ...['assistentin der', 'assistent der', 'assistante de', 'assistant de', 'asistente de'],
];

export const STUDENT = [
  ...['student', 'students', 'intern', 'studentin', 'étudiant', 'étudiante', 'estudiante', 'studente'],
  ...['praktikant', 'praktikantin', 'stagiaire', '学生'],
];

/** Not `trials` and `tests`, which people run for themselves, and no word that is also common with another meaning. */
export const BUYING = [
  ...['pricing', 'price', 'prices', 'demo', 'demos', 'demonstration', 'quote', 'quotes', 'quotation'],
  ...['trial', 'free trials', 'sales', 'buy'],
  ...['preis', 'preise', 'angebot', 'vorführung', 'testversion', 'testzugang', 'vertrieb'],
  ...['tarif', 'tarifs', 'devis', 'démonstration', 'essai gratuit', "version d'essai"],
  ...['precio', 'precios', 'presupuesto', 'cotización', 'demostración', 'prueba gratuita', 'preço', 'preços'],
  ...['orçamento', 'demonstração', 'prezzo', 'prezzi', 'preventivo', 'prova gratuita'],
  ...['prijs', 'prijzen', 'offerte', 'proefperiode', 'cennik', 'wycena', 'offert'],
  ...['価格', '料金', '見積', 'デモ', '报价', '价格', '演示', '견적', '데모'],
];

/** An event with one of these words did not happen, or is something that was sent to the person. */
export const CALLED_OFF = [
  ...[
    'cancelled',
    'canceled',
    'cancel',
    'cancellation',
    'declined',
    'missed',
    'no show',
    'failed',
    'expired',
  ],
  ...['unregistered', 'unsubscribed', 'rejected', 'reminder', 'invitation', 'invited', 'sent', 'ended'],
  ...['abgesagt', 'storniert', 'abgemeldet', 'verpasst', 'annulé', 'annulée', 'cancelado', 'cancelada'],
  ...['annullato', 'geannuleerd', 'odwołany', 'キャンセル', '取消'],
];

export const WEBINAR = ['webinar', 'webinars', 'webinaire', 'webinario', 'ウェビナー'];

export const DOWNLOAD = [
  ...['download', 'downloads', 'downloaded', 'téléchargement', 'téléchargé', 'descarga', 'descargado'],
  ...['heruntergeladen', 'gedownload', 'scaricato', 'ダウンロード'],
];

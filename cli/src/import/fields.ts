import { plainName } from '@baton/contracts';

/** What a row of a file is about. */
export const KINDS = ['leads', 'activities', 'outcomes'] as const;
export type Kind = (typeof KINDS)[number];

/** Fields that are no traits, by the names that columns have for them, as `plainName` writes them. */
const FIELDS = {
  userId: 'userid externalid externaluserid customeruserid',
  anonymousId: 'anonymousid',
  messageId: 'messageid',
  at: '',
  event: 'event eventname activity activityname activitytype',
  type: 'type messagetype',
  url: 'url pageurl landingpage landingpageurl firstpageseen',
  referrer: 'referrer referer referrerurl firstreferringsite',
  source: 'utmsource',
  medium: 'utmmedium',
  campaign: 'utmcampaign campaign campaignname',
  term: 'utmterm',
  content: 'utmcontent',
  outcome: 'outcome leadoutcome dealoutcome ergebnis',
  outcomeAt: 'outcomeat outcomedate closedate closedat closeddate decidedat abschlussdatum',
  openedAt: 'openedat opendate dealopenedat opportunitycreatedat',
  wonAt: 'wonat wondate datewon',
  dealId: 'dealid opportunityid contractid subscriptionid orderid',
  amount: 'amount dealamount dealvalue opportunityamount betrag',
  currency: 'currency currencycode dealcurrency wahrung',
  stage: 'dealstage opportunitystage',
  reason: 'reason lossreason lostreason closedlostreason rejectionreason rejectreason',
  competitor: 'competitorname lostto',
} as const;
export type Field = keyof typeof FIELDS;

const TIMES: Readonly<Record<Kind, string>> = {
  leads:
    'at created createdat createddate createdate creationdate createdon firstseen firstseenat signupdate signedupat erstelltam erstelldatum anlagedatum',
  activities:
    'at time timestamp occurredat occurredon date datetime eventtime eventdate activitydate activitytime datum zeitpunkt',
  outcomes:
    'at time timestamp date datetime occurredat outcomeat outcomedate closedate closedat closeddate datum',
};
/** Fields of deals. In a file without outcomes columns of these names are something else. */
const OF_OUTCOMES: ReadonlySet<Field> = new Set<Field>([
  ...(['outcomeAt', 'openedAt', 'wonAt', 'dealId', 'amount'] as const),
  ...(['currency', 'stage', 'reason', 'competitor'] as const),
]);
const OF_ACTIVITIES: ReadonlySet<Field> = new Set<Field>(['event', 'type', 'messageId']);

const byName = new Map(
  (Object.keys(FIELDS) as Field[]).flatMap((field) =>
    FIELDS[field].split(' ').flatMap((name) => (name === '' ? [] : [[name, field] as const])),
  ),
);
const timesOf = Object.fromEntries(KINDS.map((kind) => [kind, new Set(TIMES[kind].split(' '))]));

export const isField = (name: string): name is Field => Object.hasOwn(FIELDS, name);
export const FIELD_NAMES = Object.keys(FIELDS) as readonly Field[];

export interface FieldsOf {
  readonly kind: Kind;
  readonly hasOutcomes: boolean;
}

/** The field that a column is by its name; undefined for a trait or property. */
export const fieldNamed = (column: string, { kind, hasOutcomes }: FieldsOf): Field | undefined => {
  const name = plainName(column);
  if (timesOf[kind]!.has(name)) return 'at';
  const field = byName.get(name);
  if (field === undefined || (field === 'outcome' && kind === 'activities')) return undefined;
  if (OF_OUTCOMES.has(field)) return hasOutcomes ? field : undefined;
  return OF_ACTIVITIES.has(field) && kind !== 'activities' ? undefined : field;
};

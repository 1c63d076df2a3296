import { TEAMS, type Definition, type Person, type Signature, type Team } from './definition.js';

/** A signature of a definition. */
export interface SignCommand {
  readonly by: Person & { readonly role: string; readonly kind: 'person' | 'program' };
  /** Team to sign for; required of an administrator while both signatures are missing. */
  readonly as?: Team;
  /** Requested instant of activation; absent: at once with the second signature. */
  readonly activeFrom?: Date;
  readonly now: Date;
  /** Number of activations of the kind so far. */
  readonly activations: number;
}

export type DefinitionEvent =
  | { readonly type: 'signed'; readonly team: Team; readonly signature: Signature }
  | { readonly type: 'activated'; readonly activeFrom: Date; readonly number: number };

/** A refused signature. `pointer`: the member of the request that caused it. */
export interface SignRefusal {
  readonly code: 'forbidden' | 'conflict' | 'unprocessable';
  readonly detail: string;
  readonly pointer?: string;
  readonly signature?: Signature;
}

/** The team a role signs for; an administrator may sign for either. */
const TEAM_OF: Readonly<Record<string, Team>> = { marketing: 'marketing', manager: 'sales' };

const other = (team: Team): Team => (team === 'marketing' ? 'sales' : 'marketing');

const isRefusal = (value: object | string): value is SignRefusal => typeof value === 'object';

const teamOf = ({ by, as }: SignCommand, { signatures }: Definition): Team | SignRefusal => {
  // The holder of a token is not known: one person with two tokens could give both signatures.
  if (by.kind !== 'person')
    return { code: 'forbidden', detail: 'A person has to sign: log in, since an API token cannot sign.' };
  const own = TEAM_OF[by.role];
  if (own && (as ?? own) === own) return own;
  if (own || by.role !== 'admin')
    return { code: 'forbidden', detail: 'Marketing signs for marketing, a sales manager for sales.' };
  const open = TEAMS.filter((team) => !signatures[team]);
  const given = TEAMS.find((team) => signatures[team]?.by.id === by.id);
  const team = as ?? given ?? (open.length < 2 ? (open[0] ?? 'marketing') : undefined);
  return (
    team ?? {
      code: 'unprocessable',
      pointer: '/as',
      detail: 'Name the team to sign for, marketing or sales: neither has signed yet.',
    }
  );
};

const same = (one: Date | undefined, two: Date | undefined): boolean => one?.getTime() === two?.getTime();

const repeated = (
  { activeFrom }: SignCommand,
  signature: Signature,
): readonly DefinitionEvent[] | SignRefusal =>
  activeFrom === undefined || same(activeFrom, signature.activeFrom)
    ? []
    : {
        code: 'conflict',
        pointer: '/activeFrom',
        detail: 'This team has already signed it for another instant; draft a new version to change that.',
        signature,
      };

const activeFromRefusal = (
  { activeFrom, now }: SignCommand,
  agreed: Date | undefined,
): SignRefusal | undefined => {
  const pointer = '/activeFrom';
  if (activeFrom === undefined || same(activeFrom, agreed)) return undefined;
  if (agreed)
    return {
      code: 'conflict',
      pointer,
      detail: `The other team signed it for ${agreed.toISOString()}; leave activeFrom out to agree.`,
    };
  return Number.isNaN(activeFrom.getTime()) || activeFrom <= now
    ? {
        code: 'unprocessable',
        pointer,
        detail: 'The instant must be in the future; leave it out to activate at once.',
      }
    : undefined;
};

const latest = (...instants: readonly Date[]): Date =>
  new Date(Math.max(...instants.map((instant) => instant.getTime())));

/**
 * The signature, and with the second team's also the activation. No event when the team has already signed. An outdated draft may be
 * signed; the version that becomes active last is in force.
 */
export const decide = (
  sign: SignCommand,
  definition: Definition,
): readonly DefinitionEvent[] | SignRefusal => {
  const team = teamOf(sign, definition);
  if (isRefusal(team)) return team;
  const { by, activeFrom, now } = sign;
  const given = definition.signatures[team];
  if (given) return repeated(sign, given);
  const first = definition.signatures[other(team)];
  if (first?.by.id === by.id)
    return {
      code: 'conflict',
      detail: `You signed it for ${other(team)}; the other signature must be another person's.`,
      signature: first,
    };
  const refusal = activeFromRefusal(sign, first?.activeFrom);
  if (refusal) return refusal;
  const signature = { by: { id: by.id, name: by.name }, at: now, ...(activeFrom ? { activeFrom } : {}) };
  const signed: DefinitionEvent = { type: 'signed', team, signature };
  if (!first) return [signed];
  const from = latest(now, activeFrom ?? first.activeFrom ?? now);
  return [signed, { type: 'activated', activeFrom: from, number: sign.activations + 1 }];
};

/** The definition after an event. */
export const evolve = <Document extends object>(
  definition: Definition<Document>,
  event: DefinitionEvent,
): Definition<Document> =>
  event.type === 'signed'
    ? { ...definition, signatures: { ...definition.signatures, [event.team]: event.signature } }
    : { ...definition, activation: { activeFrom: event.activeFrom, number: event.number } };

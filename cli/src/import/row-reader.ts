import { emailAddressOf, isPlaceholderId, traitNamed } from '@baton/contracts';
import { numberOf, type DecimalMark } from '@baton/learning';
import type { Field } from './fields.js';
import { readInstant, type DateReading } from './instant.js';
import { isIdentifying, type Mapping } from './mapping.js';
import { outcomeOf, type Outcome } from './outcome.js';
import { RowFault } from './row-fault.js';

type Json = Readonly<Record<string, unknown>>;

/** A row of a file: its columns with a value. */
export interface FileRow {
  readonly line: number;
  readonly text: string;
  /** Names of all columns, also of those without a value. */
  readonly columns: readonly string[];
  readonly values: ReadonlyMap<string, unknown>;
}

export interface Reading extends DateReading {
  readonly decimalMark: DecimalMark;
  /** By value as `plainName` writes it: outcomes that the user named. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Later times are refused, ms since 1970. */
  readonly now: number;
}

const MAX_ID = 256;

export interface Person {
  readonly ids: { readonly userId?: string; readonly anonymousId?: string };
  readonly traits: Json;
  /** Those that identify: an outcome later than the lead says nothing new about the others. */
  readonly identifying: Json;
  /** The strongest identifier: the same person has it in files with other columns, too. */
  readonly key: string;
}

/** Reads the columns of one row by what they are mapped to. */
export class RowReader {
  constructor(
    private readonly row: FileRow,
    private readonly mapping: Mapping,
    private readonly reading: Reading,
  ) {}

  fault(field: Field, reason: string, advice?: string): RowFault {
    return new RowFault(this.mapping.columnOf(field) ?? field, reason, advice);
  }

  value(field: Field): unknown {
    const column = this.mapping.columnOf(field);
    return column === undefined ? undefined : this.row.values.get(column);
  }

  text(field: Field): string | undefined {
    const value = this.value(field);
    if (value === undefined) return undefined;
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
      throw this.fault(field, 'is no text');
    return String(value).trim() || undefined;
  }

  instant(field: Field): number | undefined {
    const value = this.value(field);
    if (value === undefined) return undefined;
    const instant = readInstant(value, this.reading);
    if (instant === 'ambiguous')
      throw this.fault(
        field,
        'may be two days',
        'Pass --dates dmy (day first) or --dates mdy (month first).',
      );
    if (instant === undefined) throw this.fault(field, 'is no date that exists');
    if (instant < 0) throw this.fault(field, 'is before 1970');
    if (instant > this.reading.now) throw this.fault(field, 'is in the future');
    return instant;
  }

  outcome(): Outcome | undefined {
    const value = this.text('outcome');
    if (value === undefined) return undefined;
    const outcome = outcomeOf(value, this.reading.outcomes);
    if (outcome !== undefined) return outcome;
    throw this.fault(
      'outcome',
      'is no known outcome',
      'Pass --outcomes "won=VALUE|VALUE,lost=VALUE,ignore=VALUE" for the values of the column.',
    );
  }

  /** Properties of a deal, under the names that scoring reads. */
  deal(): Json {
    const amount = this.text('amount');
    const number = amount === undefined ? undefined : numberOf(amount, this.reading.decimalMark);
    if (amount !== undefined && number === undefined) throw this.fault('amount', 'is no number');
    if (number !== undefined && number < 0) throw this.fault('amount', 'is negative');
    const currency = this.text('currency');
    if (number !== undefined && currency !== undefined && !/^[a-z]{3}$/i.test(currency))
      throw this.fault('currency', 'is no code of ISO 4217, such as EUR');
    return definedOnly({
      amount: number,
      currency,
      stage: this.text('stage'),
      reason: this.text('reason'),
      competitor: this.text('competitor'),
    });
  }

  person(): Person {
    const ids = definedOnly({ userId: this.id('userId'), anonymousId: this.id('anonymousId') });
    const traits: Record<string, unknown> = {};
    let key: string | undefined;
    for (const [column, value] of this.row.values) {
      const target = this.mapping.targetOf(column);
      if (target.to !== 'trait') continue;
      if (target.as === 'email') key ??= this.address(column, value);
      traits[target.name] = value;
    }
    key ??= ids.userId ?? ids.anonymousId ?? identifyingTrait(traits);
    if (key === undefined) throw new RowFault('', 'has no e-mail address, user id, phone number or CRM id');
    const identifying = Object.entries(traits).filter(([name]) => isIdentifying(name));
    return { ids, traits, identifying: Object.fromEntries(identifying), key };
  }

  /** Values that are neither about the person nor about the time. */
  properties(): Json {
    const properties: Record<string, unknown> = {};
    for (const [column, value] of this.row.values) {
      const target = this.mapping.targetOf(column);
      if (target.to === 'property') properties[target.name] = value;
    }
    return properties;
  }

  /** Campaign and page, from which ingestion tells the channel. */
  context(): Json | undefined {
    const campaign = definedOnly({
      name: this.text('campaign'),
      source: this.text('source'),
      medium: this.text('medium'),
      term: this.text('term'),
      content: this.text('content'),
    });
    const page = definedOnly({ url: this.text('url'), referrer: this.text('referrer') });
    const context = { ...(!isEmpty(campaign) && { campaign }), ...(!isEmpty(page) && { page }) };
    return isEmpty(context) ? undefined : context;
  }

  private id(field: 'userId' | 'anonymousId'): string | undefined {
    const id = this.text(field);
    if (id === undefined || isPlaceholderId(id)) return undefined;
    if (id.length > MAX_ID) throw this.fault(field, `has more than ${MAX_ID} characters`);
    return id;
  }

  private address(column: string, value: unknown): string {
    const address = typeof value === 'string' ? emailAddressOf(value) : undefined;
    if (address === undefined) throw new RowFault(column, 'is no e-mail address');
    return address;
  }
}

const identifyingTrait = (traits: Json): string | undefined => {
  const name = Object.keys(traits).find((each) => isIdentifying(each) && traitNamed(each) !== 'email');
  return name === undefined ? undefined : `${name} ${String(traits[name])}`;
};

const definedOnly = (given: Json): Record<string, never> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Record<
    string,
    never
  >;

const isEmpty = (object: object): boolean => Object.keys(object).length === 0;

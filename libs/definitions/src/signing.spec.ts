import { describe, it } from '@jest/globals';
import { given as givenEvents, type Decider } from '@baton/testing';
import { TEAMS, type Definition, type Team } from './definition.js';
import { decide, evolve, type DefinitionEvent, type SignCommand } from './signing.js';

const instant = (text: string): Date => new Date(`2026-01-05T${text}:00.000Z`);
const now = instant('09:00');
const noon = instant('12:00');

const mona = { id: 'u1', name: 'Mona', role: 'marketing', kind: 'person' } as const;
const max = { id: 'u2', name: 'Max', role: 'manager', kind: 'person' } as const;
const ada = { id: 'u3', name: 'Ada', role: 'admin', kind: 'person' } as const;
const sam = { id: 'u4', name: 'Sam', role: 'seller', kind: 'person' } as const;

const definition: Decider<Definition, SignCommand, DefinitionEvent> = {
  initial: {
    id: 'funnel-2',
    kind: 'funnel',
    version: 2,
    schemaVersion: 1,
    document: {},
    note: '',
    basedOn: 'funnel-1',
    createdBy: mona,
    createdAt: instant('08:00'),
    signatures: {},
  },
  decide,
  evolve,
};
const given = (...events: readonly DefinitionEvent[]) => givenEvents(definition, ...events);

const sign = (by: SignCommand['by'], more: Partial<SignCommand> = {}): SignCommand => ({
  by,
  now,
  activations: 4,
  ...more,
});
const signed = (team: Team, { id, name }: SignCommand['by'], activeFrom?: Date): DefinitionEvent => ({
  type: 'signed',
  team,
  signature: { by: { id, name }, at: now, ...(activeFrom ? { activeFrom } : {}) },
});
const activated = (activeFrom: Date): DefinitionEvent => ({ type: 'activated', activeFrom, number: 5 });

describe('a draft', () => {
  it('is signed by one team and changes nothing', () => {
    given().when(sign(mona)).then(signed('marketing', mona));
    given().when(sign(max)).then(signed('sales', max));
  });

  it('cannot be signed by another role or for the other team', () => {
    given().when(sign(sam)).thenRefused('forbidden');
    given()
      .when(sign(sam, { as: 'sales' }))
      .thenRefused('forbidden');
    given()
      .when(sign(mona, { as: 'sales' }))
      .thenRefused('forbidden');
    given()
      .when(sign(max, { as: 'marketing' }))
      .thenRefused('forbidden');
  });

  it('is not signed by a program, whatever its role', () => {
    const refused = {
      code: 'forbidden',
      detail: 'A person has to sign: log in, since an API token cannot sign.',
    };
    for (const person of [mona, max, ada, sam])
      for (const as of [undefined, ...TEAMS]) {
        const program = sign({ ...person, kind: 'program' }, as && { as });
        given().when(program).thenRefused(refused);
        given(signed('marketing', mona)).when(program).thenRefused(refused);
        given(signed('sales', max)).when(program).thenRefused(refused);
      }
  });

  it('is signed by an administrator for a named team', () => {
    given().when(sign(ada)).thenRefused({ code: 'unprocessable', pointer: '/as' });
    given()
      .when(sign(ada, { as: 'sales' }))
      .then(signed('sales', ada));
  });

  it('is signed for a later instant, not for an earlier one', () => {
    given()
      .when(sign(mona, { activeFrom: noon }))
      .then(signed('marketing', mona, noon));
    for (const activeFrom of [now, instant('08:59'), new Date(NaN)])
      given().when(sign(mona, { activeFrom })).thenRefused({ code: 'unprocessable', pointer: '/activeFrom' });
  });
});

describe('a version that one team signed', () => {
  it('becomes active with the signature of the other team, in either order', () => {
    given(signed('marketing', mona)).when(sign(max)).then(signed('sales', max), activated(now));
    given(signed('sales', max)).when(sign(mona)).then(signed('marketing', mona), activated(now));
  });

  it('gets the missing signature from an administrator', () => {
    given(signed('marketing', mona)).when(sign(ada)).then(signed('sales', ada), activated(now));
  });

  it('is not signed twice by one person', () => {
    const other = { code: 'conflict', signature: { by: { id: 'u3' } } };
    given(signed('marketing', ada))
      .when(sign(ada, { as: 'sales' }))
      .thenRefused(other);
    given(signed('marketing', mona))
      .when(sign({ ...mona, role: 'manager' }))
      .thenRefused('conflict');
  });

  it('does not change when the same team signs again', () => {
    given(signed('marketing', mona)).when(sign(mona)).then();
    given(signed('marketing', mona))
      .when(sign({ ...mona, id: 'u9' }))
      .then();
    given(signed('marketing', ada)).when(sign(ada)).then();
    given(signed('marketing', mona, noon))
      .when(sign(mona, { activeFrom: noon }))
      .then();
    given(signed('marketing', mona))
      .when(sign(mona, { activeFrom: noon }))
      .thenRefused('conflict');
  });

  it('becomes active at the instant that either team requested', () => {
    given(signed('marketing', mona, noon))
      .when(sign(max))
      .then(signed('sales', max), activated(noon));
    const events = [signed('sales', max, noon), activated(noon)] as const;
    given(signed('marketing', mona))
      .when(sign(max, { activeFrom: noon }))
      .then(...events);
    given(signed('marketing', mona, noon))
      .when(sign(max, { activeFrom: noon }))
      .then(...events);
  });

  it('cannot have two instants', () => {
    given(signed('marketing', mona, noon))
      .when(sign(max, { activeFrom: instant('13:00') }))
      .thenRefused({ code: 'conflict', pointer: '/activeFrom' });
  });

  it('is never active before both signatures, even when the requested instant has passed', () => {
    const late = instant('12:01');
    const second = { type: 'signed', team: 'sales', signature: { by: { id: 'u2', name: 'Max' }, at: late } };
    given(signed('marketing', mona, noon))
      .when(sign(max, { now: late }))
      .then(second as DefinitionEvent, activated(late));
  });
});

describe('an active version', () => {
  const events = [signed('marketing', mona), signed('sales', max), activated(now)];

  it('does not change when it is signed again', () => {
    for (const by of [mona, max, ada])
      given(...events)
        .when(sign(by))
        .then();
  });
});

import type { Handler } from '@baton/bus';
import { ReadDatabase } from '@baton/platform';
import type { TestDatabase } from '@baton/testing';
import { DealFactsStore } from './deal/deal-facts.store.js';
import { DefinitionStore } from './definition/definition.store.js';
import { OnDefinitionActivated } from './definition/on-definition-activated.js';
import { LeadFactsStore } from './lead/lead-facts.store.js';
import { LeadMergesStore } from './lead/lead-merges.store.js';
import { OnLeadMoved } from './lead/on-lead-moved.js';
import { PeopleStore } from './person/people.store.js';
import { ReportingConfig } from './reporting.config.js';
import { OfferFactsStore } from './sla/offer-facts.store.js';
import { OnHandoffMoved } from './sla/on-handoff-moved.js';
import { LeadTouchStore } from './touch/lead-touch.store.js';
import { OnActivityAttributed } from './touch/on-activity-attributed.js';
import { OnActivityRecorded } from './touch/on-activity-recorded.js';
import { TouchStore } from './touch/touch.store.js';

export const config = new ReportingConfig();
const people = new PeopleStore(config);

export const onLeadMoved = new OnLeadMoved(new LeadFactsStore(), new LeadMergesStore(), people);
export const onHandoffMoved = new OnHandoffMoved(new OfferFactsStore(), new DealFactsStore(), people);
export const onActivityAttributed = new OnActivityAttributed(new LeadTouchStore(), people);
export const onActivityRecorded = new OnActivityRecorded(new TouchStore());

/** The handlers of the reader `facts`. */
export const factsHandlers = ({ source }: TestDatabase): Handler[] => [
  onLeadMoved,
  onHandoffMoved,
  new OnDefinitionActivated(new DefinitionStore(new ReadDatabase(source))),
  onActivityRecorded,
  onActivityAttributed,
];

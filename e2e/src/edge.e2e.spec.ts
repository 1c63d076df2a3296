import { startStack, type LocalStack } from '@baton/testing';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { consentTests } from './edge/consent.js';
import { charsetTests } from './edge/charsets.js';
import { eventTests } from './edge/events.js';
import { formTests } from './edge/forms.js';
import { Edge, PLAIN_FORM } from './edge/edge.js';
import { originTests } from './edge/origins.js';
import { probeTests } from './edge/probes.js';
import { relayTests } from './edge/relays.js';
import { robotTests } from './edge/robots.js';

let stack: LocalStack;
const edge = new Edge(() => stack.local());

beforeAll(async () => {
  stack = await startStack();
  await edge.addForm(PLAIN_FORM);
}, 240_000);

afterAll(() => stack?.stop(), 60_000);

describe('relays', () => relayTests(edge));
describe('robots', () => robotTests(edge));
describe('consent', () => consentTests(edge));
describe('forms', () => formTests(edge));
describe('charsets', () => charsetTests(edge));
describe('origins', () => originTests(edge));
describe('events', () => eventTests(edge));
describe('hostile input', () => probeTests(edge));

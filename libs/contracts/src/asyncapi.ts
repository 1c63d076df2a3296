import type { EventContract } from './event-contract.js';
import { schemasOf } from './schema.js';

/** The AsyncAPI 3.0 document of these events. Deterministic, so that CI can compare it with the committed one. */
export const asyncApiOf = (events: readonly EventContract[]): Record<string, unknown> => {
  const topics = [...new Set(events.map((event) => event.topic))];
  const services = [...new Set(events.flatMap((event) => event.producers))];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Baton events',
      version: '1.0.0',
      description:
        'CloudEvents 1.0 in binary mode: ce_id, ce_type, ce_source, ce_time, ce_subject and, for events of a versioned ' +
        'thing, ce_sequence are headers; the value is the data as JSON. Readers must tolerate fields and enum values that ' +
        'were added later.',
      license: { name: 'Apache-2.0' },
    },
    channels: Object.fromEntries(
      topics.map((topic) => [
        topic,
        {
          address: topic,
          messages: Object.fromEntries(
            events
              .filter((event) => event.topic === topic)
              .map((event) => [idOf(event), { $ref: `#/components/messages/${idOf(event)}` }]),
          ),
        },
      ]),
    ),
    operations: Object.fromEntries(
      services.flatMap((service) =>
        topics.flatMap((topic) => {
          const sent = events.filter((event) => event.topic === topic && event.producers.includes(service));
          if (sent.length === 0) return [];
          return [
            [
              `${service}_sends_${topic}`,
              {
                action: 'send',
                channel: { $ref: `#/channels/${topic}` },
                messages: sent.map((event) => ({ $ref: `#/channels/${topic}/messages/${idOf(event)}` })),
              },
            ],
          ];
        }),
      ),
    ),
    components: {
      messages: Object.fromEntries(
        events.map((event) => [
          idOf(event),
          {
            name: event.type,
            summary: event.summary,
            contentType: 'application/json',
            headers: { $ref: '#/components/schemas/CloudEventHeaders' },
            payload: { $ref: `#/components/schemas/${event.data.name}` },
            examples: [{ payload: event.example as object }],
          },
        ]),
      ),
      schemas: {
        CloudEventHeaders: {
          type: 'object',
          required: ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_time', 'ce_subject'],
          properties: {
            ce_specversion: { const: '1.0' },
            ce_id: { type: 'string' },
            ce_type: { type: 'string' },
            ce_source: { type: 'string', description: 'The publishing service, such as /scoring.' },
            ce_time: { type: 'string', format: 'date-time' },
            ce_subject: { type: 'string', description: 'The thing the event is about.' },
            ce_sequence: {
              type: 'string',
              description: 'The version of that thing; readers skip what is not newer.',
            },
            traceparent: { type: 'string', description: 'W3C trace context.' },
          },
        },
        ...Object.fromEntries(
          events.flatMap((e) =>
            Object.entries(schemasOf(e.data, { refPrefix: '#/components/schemas/', closed: false })),
          ),
        ),
      },
    },
  };
};

const idOf = (event: EventContract): string => event.type.replaceAll(/[.-]/g, '_');

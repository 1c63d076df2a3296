import type { Json } from '../activity/invalid-message.js';

/** Address under which a client reached ingestion: scheme, and host with port. */
export interface PublicAddress {
  readonly protocol: string;
  readonly host: string;
}

const ENABLED = Object.freeze({ __default: { enabled: true, integrations: {} } });

/**
 * Settings that Segment's browser and mobile clients load before their first event: no destinations, no metrics, and the address
 * to send events to. The `apiKey` of these settings becomes the write key of the client.
 */
export const segmentSettings = (writeKey: string, { protocol, host }: PublicAddress): Json => ({
  integrations: {
    'Segment.io': { apiKey: writeKey, apiHost: `${host}/v1`, protocol, addBundledMetadata: false },
  },
  plan: { track: ENABLED, identify: ENABLED, group: ENABLED },
  edgeFunction: {},
  analyticsNextEnabled: true,
  middlewareSettings: {},
  enabledMiddleware: {},
  metrics: { sampleRate: 0 },
  legacyVideoPluginsEnabled: false,
  remotePlugins: [],
});

/** Source configuration that RudderStack's browser and mobile clients load: an enabled source without destinations. */
export const rudderSourceConfig = (sourceId: string, writeKey: string): Json => ({
  source: {
    id: sourceId,
    name: sourceId,
    writeKey,
    enabled: true,
    config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
    connections: [],
    destinations: [],
    dataplanes: {},
    updatedAt: '1970-01-01T00:00:00.000Z',
  },
  updatedAt: '1970-01-01T00:00:00.000Z',
});

/**
 * The address a client used, from the headers of the last proxy in front of ingestion, else of the request itself. It only
 * returns to the same client, so a forged header misleads nobody else.
 */
export const publicAddressOf = (headers: Json, request: PublicAddress): PublicAddress => {
  const scheme = firstOf(headers['x-forwarded-proto'])?.toLowerCase();
  return {
    protocol: scheme === 'https' || scheme === 'http' ? scheme : request.protocol,
    host: firstOf(headers['x-forwarded-host']) ?? request.host,
  };
};

/** Each proxy appends its value; the first is the one the client used. */
const firstOf = (header: unknown): string | undefined =>
  typeof header === 'string' ? header.split(',', 1)[0]?.trim() || undefined : undefined;

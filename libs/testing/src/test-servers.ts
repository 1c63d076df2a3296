import { testServersUrl } from './test-servers.config.js';

/** The address of this run's PostgreSQL (a URL as superuser) or Kafka (host:port); started by the first who asks. */
export const addressOf = async (server: 'postgres' | 'kafka'): Promise<string> => {
  const response = await fetch(new URL(server, testServersUrl()));
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
};

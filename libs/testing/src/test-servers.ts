import { testServersUrl } from './test-servers.config.js';

/** Address of this run's PostgreSQL (URL of a superuser), Kafka (host:port) or stack (its folder). The first request starts it. */
export const addressOf = async (server: 'postgres' | 'kafka' | 'stack'): Promise<string> => {
  const response = await fetch(new URL(server, testServersUrl()));
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
};

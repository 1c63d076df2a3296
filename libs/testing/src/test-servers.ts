import { testServersUrl } from './test-servers.config.js';

/** Address of this run's PostgreSQL (URL of a superuser) or Kafka (host:port). The first request starts the server. */
export const addressOf = async (server: 'postgres' | 'kafka'): Promise<string> => {
  const response = await fetch(new URL(server, testServersUrl()));
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
};

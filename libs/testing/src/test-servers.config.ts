/** URL that serves the addresses of this run's servers; set by global-setup.mjs. */
export const testServersUrl = (): string => {
  const url = process.env['BATON_TEST_SERVERS'];
  if (!url)
    throw new Error('no test servers: globalSetup of jest.config.mjs must be libs/testing/global-setup.mjs');
  return url;
};

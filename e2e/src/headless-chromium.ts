import sparticuz from '@sparticuz/chromium';
import { chromium, type Browser, type Page } from 'playwright-core';

/** Flags the package sets for AWS Lambda: a single process ends with its first page, and a test needs the origin checks. */
const LAMBDA_ONLY = ['--single-process', '--disable-web-security', '--allow-running-insecure-content'];

export const launchChromium = async (): Promise<Browser> => {
  const args = sparticuz.args.filter((arg) => !LAMBDA_ONLY.includes(arg));
  return chromium.launch({ executablePath: await sparticuz.executablePath(), args });
};

/** Errors of the page's console, failed requests and responses of 400 and above, from now on. */
export const faultsOf = (page: Page): string[] => {
  const faults: string[] = [];
  page.on('pageerror', (fault) => faults.push(String(fault)));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('requestfailed', (request) => faults.push(`${request.url()} ${request.failure()?.errorText}`));
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.url()} ${response.status()}`);
  });
  return faults;
};

import { isRowNumber } from '@baton/contracts';

/** The services that read events: they have readers and dead letters. */
export const READING_SERVICES = ['scoring', 'routing', 'reporting'] as const;
export type ReadingService = (typeof READING_SERVICES)[number];

/** A dead letter's number within its service, from an id such as `scoring-17`; undefined for any other text. */
export const letterIn = (id: string): { service: ReadingService; number: string } | undefined => {
  const [name, number, more] = id.split('-');
  const service = READING_SERVICES.find((each) => each === name);
  return service && more === undefined && isRowNumber(number) ? { service, number } : undefined;
};

/** Service and reader of a name such as `scoring/leads`, or the service alone; undefined for any other text. */
export const readerIn = (name: string): { service: ReadingService; reader?: string } | undefined => {
  const [first, reader, more] = name.split('/');
  const service = READING_SERVICES.find((each) => each === first);
  if (!service || more !== undefined || (reader !== undefined && !/^[a-z-]{1,100}$/.test(reader)))
    return undefined;
  return reader === undefined ? { service } : { service, reader };
};

import { IsUrl } from 'class-validator';

/** An address over http or https; names of containers have no top level domain. */
export const IsWebAddress = (message: string): PropertyDecorator =>
  IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true }, { message });

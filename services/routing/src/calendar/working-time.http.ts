import { due, elapsed, instantFrom, NoDueInstant } from '@baton/calendar';
import type { Violation } from '@baton/contracts';
import { ApiResponseShape, DomainError } from '@baton/platform';
import { Body, Controller, Post } from '@nestjs/common';
import { toIso } from '../policy/duration.js';
import { dueViolations, elapsedViolations } from './working-time-violations.js';
import { DueRequest, ElapsedRequest } from './working-time.request.js';
import { DueResponse, ElapsedResponse } from './working-time.response.js';

/** Working time of a calendar that the request contains: nothing is read or stored. */
@Controller('calendars')
export class WorkingTimeHttp {
  /** The first instant at which so many seconds of working time have passed since `start`; backwards the last one (libs/calendar). */
  @Post('due')
  @ApiResponseShape(DueResponse)
  due(@Body() request: DueRequest): DueResponse {
    refuseIf(dueViolations(request));
    const { calendar, start, seconds } = request;
    try {
      return { due: toIso(due(calendar, instantFrom(start)!, seconds)) };
    } catch (fault) {
      if (!(fault instanceof NoDueInstant)) throw fault;
      throw refused([NO_DUE_INSTANT[fault.reason]]);
    }
  }

  /** Working time from `start` to `end`; the inverse of `due`. */
  @Post('elapsed')
  @ApiResponseShape(ElapsedResponse)
  elapsed(@Body() request: ElapsedRequest): ElapsedResponse {
    refuseIf(elapsedViolations(request));
    const { calendar, start, end } = request;
    return { seconds: elapsed(calendar, instantFrom(start)!, instantFrom(end)!) };
  }
}

const NO_DUE_INSTANT: Readonly<Record<NoDueInstant['reason'], Violation>> = {
  'no-working-time': { pointer: '/calendar/hours', detail: 'has no working time, so nothing is ever due' },
  'out-of-range': {
    pointer: '/seconds',
    detail: 'is more working time than the calendar has within the years 1900 to 2199',
  },
};

const refuseIf = (violations: readonly Violation[]): void => {
  if (violations.length > 0) throw refused(violations);
};

const refused = (errors: readonly Violation[]): DomainError => {
  const { pointer, detail } = errors[0]!;
  const more = errors.length > 1 ? ` ${errors.length - 1} more: see \`errors\`.` : '';
  return new DomainError('invalid', `${pointer === '' ? 'The request' : pointer} ${detail}.${more}`, {
    errors,
  });
};

import { Optional } from '@baton/contracts';
import { IsString, Matches, MaxLength } from 'class-validator';
import { LIVE_REPORT } from './live-report.js';
import { MAX_CURSOR_LENGTH } from './live-cursor.js';

const ONE = LIVE_REPORT.source.slice(1, -1);
const SHOWN = new RegExp(`^${ONE}(,${ONE}){0,3}$`);

export class LiveRequest {
  /** As the header `Last-Event-ID`, for a client that cannot set one. Anything but the id of an event starts now. */
  @Optional() @IsString() @MaxLength(MAX_CURSOR_LENGTH) readonly lastEventId?: string;
  /** Begins with this many of the newest events, at most 200, unless an id is given. */
  @Optional() @Matches(/^\d{1,3}$/, { message: 'must be a number up to 200' }) readonly recent?: string;
  /**
   * Reports to send, separated by commas, at most four: `sla`, `funnel` (30 days, without groups), or `funnel:24:channel`, which is of the last
   * 24, 168, 720 or 2160 hours, by channel, campaign, content, source, region or seller. `funnel` unless given.
   */
  @Optional()
  @Matches(SHOWN, { message: 'must name reports of the stream, such as sla,funnel:24:channel' })
  readonly show?: string;
}

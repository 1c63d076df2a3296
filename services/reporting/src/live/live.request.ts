import { Optional } from '@baton/contracts';
import { IsString, Matches, MaxLength } from 'class-validator';
import { MAX_CURSOR_LENGTH } from './live-cursor.js';

export class LiveRequest {
  /** As the header `Last-Event-ID`, for a client that cannot set one. Anything but the id of an event starts now. */
  @Optional() @IsString() @MaxLength(MAX_CURSOR_LENGTH) readonly lastEventId?: string;
  /** Begins with this many of the newest events, at most 200, unless an id is given. */
  @Optional() @Matches(/^\d{1,3}$/, { message: 'must be a number up to 200' }) readonly recent?: string;
}

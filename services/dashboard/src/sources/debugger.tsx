import { Button, SegmentedControl } from '@mantine/core';
import { Pause, Play, Radio } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Source } from '../api/shapes.js';
import { Panel } from '../ui/page.js';
import { Empty, Loaded } from '../ui/states.js';
import classes from './debugger.module.css';
import { useRequests, type Shown } from './received.js';
import { RequestRow } from './request-row.js';

const SHOWN: { value: Shown; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'notable', label: 'Needs attention' },
];

/** The last requests of a source as they arrive, and what was understood of each. */
export const Debugger = ({ source }: { source: Source }): ReactNode => {
  const [show, setShow] = useState<Shown>('all');
  const [paused, setPaused] = useState(false);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [done, setDone] = useState('');
  const requests = useRequests(source.id, show, paused);
  const toggle = (id: string): void =>
    setOpen(
      (before) => new Set(before.has(id) ? [...before].filter((each) => each !== id) : [...before, id]),
    );
  return (
    <Panel
      title="Live requests"
      note="The last 100, newest first; of a burst only some are kept."
      actions={
        <div className={classes.controls}>
          <SegmentedControl
            size="xs"
            aria-label="Requests shown"
            data={SHOWN}
            value={show}
            onChange={(next) => setShow(next)}
          />
          <Button
            size="xs"
            variant="default"
            leftSection={paused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
            onClick={() => setPaused(!paused)}
          >
            {paused ? 'Go on' : 'Pause'}
          </Button>
        </div>
      }
    >
      <p role="status" className={classes.done}>
        {done}
      </p>
      <Loaded query={requests} lines={6}>
        {(list) =>
          list.length === 0 ? (
            <NoRequest sourceId={source.id} show={show} />
          ) : (
            <ul className={classes.requests} aria-label="Requests">
              {list.map((request) => (
                <RequestRow
                  key={request.id}
                  source={source}
                  request={request}
                  isOpen={open.has(request.id)}
                  onToggle={() => toggle(request.id)}
                  onDone={setDone}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
};

const NoRequest = ({ sourceId, show }: { sourceId: string; show: Shown }): ReactNode =>
  show === 'notable' ? (
    <Empty icon={<Radio />} title="Nothing needs attention">
      No request of the last ones was refused, even in part, or flagged as a robot’s.
    </Empty>
  ) : (
    <Empty icon={<Radio />} title="Waiting for the first request">
      It appears here by itself. Paste the code of <Link to={`/sources/${sourceId}/connect`}>Connect</Link>{' '}
      and send something.
    </Empty>
  );

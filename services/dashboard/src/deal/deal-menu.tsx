import { ActionIcon, Menu } from '@mantine/core';
import { EllipsisVertical } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Deal } from '../api/shapes.js';
import { newIdempotencyKey } from '../api/idempotency-key.js';
import { useMe } from '../session/session.js';
import { humanize } from '../ui/humanize.js';
import { plainName } from '../ui/plain-name.js';
import { ChurnDialog, LoseDialog, ValueDialog, WinDialog } from './deal-dialogs.js';
import { useChangeDeal } from './deals.js';
import { STAGES } from './stages.js';

type Asked = 'win' | 'lose' | 'value' | 'renew' | 'churn';

/** What its seller, or a manager, can do with a deal. */
export const DealMenu = ({ deal, who }: { deal: Deal; who: string }): ReactNode => {
  const me = useMe();
  const [asked, ask] = useState<Asked>();
  const move = useChangeDeal(deal);
  const isDecider = me.role === 'manager' || me.role === 'admin' || deal.seller?.id === me.id;
  if (!isDecider || deal.state === 'lost' || deal.state === 'churned') return null;
  const name = plainName(who);
  const close = () => ask(undefined);
  const item = (what: Asked, label: string) => <Menu.Item onClick={() => ask(what)}>{label}</Menu.Item>;
  return (
    <>
      <Menu position="bottom-end" width={210} shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Actions for the deal with ${name}`}>
            <EllipsisVertical size={17} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {deal.state === 'open' ? (
            <>
              {item('win', 'Won…')}
              {item('lose', 'Lost…')}
              {item('value', 'Change the value…')}
              <Menu.Divider />
              <Menu.Label>Move to</Menu.Label>
              {STAGES.filter((stage) => stage !== deal.stage).map((stage) => (
                <Menu.Item
                  key={stage}
                  onClick={() => move.mutate({ change: { what: 'stage', stage }, key: newIdempotencyKey() })}
                >
                  {humanize(stage)}
                </Menu.Item>
              ))}
            </>
          ) : (
            <>
              {item('renew', 'Renewed…')}
              {item('value', 'Change the value…')}
              {item('churn', 'The customer left…')}
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked === 'win' && <WinDialog deal={deal} who={name} onClose={close} />}
      {asked === 'lose' && <LoseDialog deal={deal} who={name} onClose={close} />}
      {asked === 'churn' && <ChurnDialog deal={deal} who={name} onClose={close} />}
      {(asked === 'value' || asked === 'renew') && (
        <ValueDialog deal={deal} who={name} what={asked} onClose={close} />
      )}
    </>
  );
};

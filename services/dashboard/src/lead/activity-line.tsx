import { Bot, FileText, FormInput, Fingerprint, Mail, MousePointerClick, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Activity } from '../api/shapes.js';
import { Ago } from '../time/ago.js';
import classes from './activity-line.module.css';
import { campaignOf, pathOf, propertiesOf, activityText } from './activity-text.js';

const SIZE = { size: 15 };

const iconOf = ({ kind, bot, name }: Activity): ReactNode => {
  if (bot) return <Bot {...SIZE} />;
  if (kind === 'page' || kind === 'screen') return <FileText {...SIZE} />;
  if (kind === 'form') return <FormInput {...SIZE} />;
  if (kind === 'identify' || kind === 'alias' || kind === 'group') return <Fingerprint {...SIZE} />;
  if (/mail/i.test(name)) return <Mail {...SIZE} />;
  return /click/i.test(name) ? <MousePointerClick {...SIZE} /> : <Zap {...SIZE} />;
};

/** One activity of a lead. */
export const ActivityLine = ({ activity, long }: { activity: Activity; long?: boolean }): ReactNode => {
  const path = pathOf(activity.pageUrl);
  const campaign = campaignOf(activity);
  return (
    <li className={classes.line} data-bot={activity.bot || undefined}>
      <span className={classes.icon} aria-hidden>
        {iconOf(activity)}
      </span>
      <div>
        <div className={classes.words}>
          <span>
            {activityText(activity)}
            {activity.bot && <span className={classes.tag}>bot, scores nothing</span>}
          </span>
          <span className={classes.when}>
            <Ago iso={activity.occurredAt} />
          </span>
        </div>
        {long && (
          <div className={classes.more}>
            <span>{activity.channel}</span>
            {campaign && <span>{campaign}</span>}
            {path && <span>{path}</span>}
            {propertiesOf(activity).map(([label, value]) => (
              <span key={label}>
                {label}: {value}
              </span>
            ))}
          </div>
        )}
      </div>
    </li>
  );
};

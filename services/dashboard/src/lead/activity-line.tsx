import { Bot, FileText, FormInput, Fingerprint, Mail, MousePointerClick, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Activity } from '../api/shapes.js';
import { Ago } from '../time/ago.js';
import classes from './activity-line.module.css';
import { campaignOf, pathOf, propertiesOf, wordsOfActivity } from './activity-words.js';

const iconOf = ({ kind, bot, name }: Activity): typeof Zap => {
  if (bot) return Bot;
  if (kind === 'page' || kind === 'screen') return FileText;
  if (kind === 'form') return FormInput;
  if (kind === 'identify' || kind === 'alias' || kind === 'group') return Fingerprint;
  if (/mail/i.test(name)) return Mail;
  return /click/i.test(name) ? MousePointerClick : Zap;
};

/** One thing a lead did. */
export const ActivityLine = ({ activity, long }: { activity: Activity; long?: boolean }): ReactNode => {
  const Icon = iconOf(activity);
  const path = pathOf(activity.pageUrl);
  const campaign = campaignOf(activity);
  return (
    <li className={classes.line} data-bot={activity.bot || undefined}>
      <span className={classes.icon} aria-hidden>
        <Icon size={15} />
      </span>
      <div>
        <div className={classes.words}>
          <span>
            {wordsOfActivity(activity)}
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

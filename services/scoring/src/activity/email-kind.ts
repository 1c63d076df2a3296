/** Free mail providers, whose addresses say nothing about a company; the most used ones by country. */
const FREE = new Set(
  `gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.it yahoo.es ymail.com hotmail.com hotmail.co.uk
   hotmail.fr hotmail.it outlook.com outlook.de outlook.fr live.com live.nl live.fr msn.com icloud.com me.com mac.com aol.com
   gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de mail.de posteo.de orange.fr wanadoo.fr free.fr sfr.fr
   laposte.net libero.it virgilio.it tiscali.it alice.it ziggo.nl kpnmail.nl planet.nl xs4all.nl telenet.be skynet.be bluewin.ch
   wp.pl o2.pl onet.pl interia.pl seznam.cz email.cz centrum.cz mail.ru yandex.ru yandex.com bk.ru list.ru inbox.ru rambler.ru
   qq.com 163.com 126.com sina.com naver.com daum.net hanmail.net rediffmail.com uol.com.br bol.com.br terra.com.br zoho.com
   protonmail.com proton.me pm.me tutanota.com tuta.io fastmail.com hey.com comcast.net verizon.net att.net sbcglobal.net
   btinternet.com sky.com virginmedia.com ntlworld.com bigpond.com shaw.ca rogers.com`.split(/\s+/),
);

/** Providers of disposable addresses. */
const DISPOSABLE = new Set(
  `mailinator.com guerrillamail.com 10minutemail.com tempmail.com temp-mail.org yopmail.com trashmail.com sharklasers.com
   getnada.com dispostable.com maildrop.cc throwawaymail.com mintemail.com`.split(/\s+/),
);

const EDUCATION = /(^|\.)(edu|ac)(\.[a-z]{2})?$/;

export type EmailKind = 'business' | 'free' | 'education' | 'disposable';

/** Classifies a lower-case mail domain. */
export const emailKindOf = (domain: string): EmailKind => {
  if (FREE.has(domain)) return 'free';
  if (DISPOSABLE.has(domain)) return 'disposable';
  return EDUCATION.test(domain) ? 'education' : 'business';
};

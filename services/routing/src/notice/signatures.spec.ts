import { describe, expect, it } from '@jest/globals';
import { isPublicAddress } from './guarded-http.client.js';
import { isFromSlack, slackSignatureOf } from './slack-signature.client.js';
import { newSecret, signatureOf } from './standard-webhook.client.js';

describe('the signature of a Standard Webhook', () => {
  // The example of the reference implementations of Standard Webhooks.
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
  const body = '{"test": 2432232314}';

  it('is that of the reference', () => {
    expect(signatureOf([secret], id, 1_614_265_330, body)).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  it('is one for each active secret', () => {
    const [one, other] = signatureOf([secret, newSecret()], id, 1, body).split(' ');
    expect(one).toBe(signatureOf([secret], id, 1, body));
    expect(other).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/);
    expect(other).not.toBe(one);
  });
});

describe('a call of Slack', () => {
  const secret = '8f742231b10e8888abcd99yyyzzz85a5';
  const timestamp = '1531420618';
  const now = 1_531_420_618_000;
  const body =
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';

  it('is signed as in the documentation of Slack', () => {
    expect(slackSignatureOf(secret, timestamp, body)).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    );
  });

  it('is refused when anything differs, or it is older than five minutes', () => {
    const signature = slackSignatureOf(secret, timestamp, body);
    const call = { timestamp, signature, body };
    expect(isFromSlack(secret, call, now)).toBe(true);
    expect(isFromSlack(secret, call, now + 299_000)).toBe(true);
    const wrong = [
      { ...call, body: `${body}x` },
      { ...call, signature: signature.slice(0, -1) },
      { ...call, signature: undefined },
      { ...call, timestamp: undefined },
      { ...call, timestamp: '1531420619' },
      { ...call, timestamp: 'yesterday' },
    ];
    for (const each of wrong) expect(isFromSlack(secret, each, now)).toBe(false);
    expect(isFromSlack(secret, call, now + 301_000)).toBe(false);
    expect(isFromSlack(secret, call, now - 301_000)).toBe(false);
    expect(isFromSlack(`${secret}x`, call, now)).toBe(false);
  });
});

describe('the own network', () => {
  it.each([
    ...[
      '0.0.0.0',
      '10.0.0.1',
      '100.64.0.1',
      '127.0.0.1',
      '127.255.255.255',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
    ],
    ...[
      '192.168.1.1',
      '192.0.0.1',
      '192.0.2.1',
      '198.18.0.1',
      '203.0.113.9',
      '224.0.0.1',
      '240.0.0.1',
      '255.255.255.255',
    ],
    ...[
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '::ffff:7f00:1',
      '::127.0.0.1',
      '64:ff9b::7f00:1',
      '64:ff9b:1::1',
    ],
    ...[
      '2001::1',
      '2001:db8::1',
      '2002:7f00:1::',
      'fc00::1',
      'fdff::1',
      'fe80::1',
      'fe80::1%eth0',
      'febf::1',
      'fec0::1',
      'ff02::1',
    ],
    ...['localhost', '', '1.2.3', '0x7f.1', '2130706433'],
  ])('has %s, or it is no address', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    '8.8.8.8',
    '93.184.215.14',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '2606:4700::1111',
    '2a00:1450::1',
  ])('has not %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

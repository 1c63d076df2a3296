/** Marketing's usual grouping: the names of Google Analytics' default channel group, and AI assistants. */
export type Channel =
  | 'affiliates'
  | 'ai-assistant'
  | 'audio'
  | 'cross-network'
  | 'direct'
  | 'display'
  | 'email'
  | 'organic-search'
  | 'organic-shopping'
  | 'organic-social'
  | 'organic-video'
  | 'other'
  | 'paid-other'
  | 'paid-search'
  | 'paid-shopping'
  | 'paid-social'
  | 'paid-video'
  | 'push'
  | 'referral'
  | 'sms';

/** What a known source is. `sign-in` and `payment` pages lie on the way of a visit and are not its origin. */
export type Category =
  | 'direct'
  | 'search'
  | 'social'
  | 'video'
  | 'shopping'
  | 'email'
  | 'ai-assistant'
  | 'audio'
  | 'affiliates'
  | 'display'
  | 'sms'
  | 'push'
  | 'referral'
  | 'sign-in'
  | 'payment';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/**
 * Known sources. An entry with a dot is a host with its subdomains, or the id of an Android app; `.*` stands for `.com` and every
 * suffix of a country; `*.` for the subdomains that have no entry of their own. Other entries are names used in `utm_source`;
 * the first label of a domain is such a name, too (`linkedin` for `linkedin.com`), if it has four characters or more.
 * docs/channels.md contains these tables.
 */
export const SOURCES: Readonly<Record<Category, readonly string[]>> = {
  direct: words('(direct) direct'),
  search:
    words(`google.* images.google.* news.google.* scholar.google.* maps.google.* lens.google.* cse.google.* adwords gads
    googleads googlesearch com.google.android.googlequicksearchbox com.google.android.apps.searchlite
    com.google.android.apps.magazines bing.com bingads microsoft-ads com.microsoft.bing msn.com duckduckgo.com ddg
    com.duckduckgo.mobile.android yahoo.* search.yahoo.* ecosia.org com.ecosia.android baidu.com m.baidu.com yandex.* ya.ru
    ru.yandex.searchplugin qwant.com startpage.com naver.com seznam.cz search.brave.com brave kagi.com mojeek.com
    swisscows.com presearch.com metager.de metager.org ask.com ask aol.com aol search.aol.com search.aol.co.uk suche.aol.de
    suche.t-online.de suche.web.de suche.gmx.net go.mail.ru sogou.com so.com daum.net coccoc.com rambler.ru lycos.com
    dogpile.com petalsearch.com yep.com search.avg.com search.avast.com`),
  social:
    words(`facebook.com fb.com fb.me fb meta facebookads com.facebook.katana com.facebook.lite messenger.com m.me
    com.facebook.orca instagram.com ig insta com.instagram.android threads.net threads.com com.instagram.barcelona linkedin.com
    lnkd.in li com.linkedin.android twitter.com x.com x t.co tw com.twitter.android pinterest.* pin.it com.pinterest reddit.com
    redd.it com.reddit.frontpage tiktok.com tt com.zhiliaoapp.musically com.ss.android.ugc.trill snapchat.com snap
    com.snapchat.android xing.com com.xing.android mastodon.social mastodon.online mstdn.social fosstodon.org hachyderm.io
    bsky.app bluesky xyz.blueskyweb.app quora.com com.quora.android whatsapp.com wa.me wa com.whatsapp com.whatsapp.w4b
    telegram.org telegram.me t.me org.telegram.messenger discord.com discord.gg com.discord slack.com com.slack
    teams.microsoft.com teams.cloud.microsoft statics.teams.cdn.office.net com.microsoft.teams yammer.com viva-engage tumblr.com
    vk.com vk vkontakte com.vkontakte.android ok.ru odnoklassniki my.mail.ru weibo.com weixin.qq.com wechat com.tencent.mm
    line.me jp.naver.line.android blog.naver.com cafe.naver.com tieba.baidu.com kakaotalk groups.google.com news.ycombinator.com
    hackernews hn stackoverflow.com stackexchange.com medium.com substack.com producthunt.com meetup.com nextdoor.com
    flipboard.com linktr.ee linktree blogger.com blogspot.com viadeo.com dev.to`),
  video:
    words(`youtube.com youtu.be yt youtube-nocookie.com com.google.android.youtube vimeo.com twitch.tv dailymotion.com
    wistia.com wistia.net loom.com vidyard.com rumble.com bilibili.com b23.tv nicovideo.jp ted.com`),
  shopping:
    words(`amazon.* amzn.to com.amazon.mshop.android.shopping ebay.* etsy.com walmart.com alibaba.com aliexpress.com
    1688.com taobao.com shopify.com shop.app shopping.google.* googleshopping google-shopping shopping.yahoo.* rakuten.*
    mercadolibre.* mercadolivre.com.br idealo.* geizhals.* pricerunner.* zalando.* otto.de bol.com allegro.pl temu.com shein.com
    kaufland.de indiamart.com`),
  email:
    words(`email e-mail e_mail emails mail newsletter newsletters mailing eblast edm gmail.com mail.google.com
    com.google.android.gm com.google.android.gm.lite outlook.com com.microsoft.office.outlook hotmail.com
    com.yahoo.mobile.client.android.mail com.samsung.android.email.provider protonmail.com ch.protonmail.android tutanota.com
    fastmail.com mail.ru ru.mail.mailapp com.aol.mobile.aolapp deref-gmx.net deref-web.de deref-mail.com
    de.gmx.mobile.android.mail de.web.mobile.android.mail com.fsck.k9 net.thunderbird.android urldefense.com
    urldefense.proofpoint.com mimecast.com linkprotect.cudasvc.com mailchimp.com mailchi.mp list-manage.com sendgrid.net sendgrid
    klaviyo.com brevo.com sendinblue.com mailerlite.com mailjet.com activecampaign.com getresponse.com constantcontact.com
    campaignmonitor createsend.com cleverreach.com rapidmail.de customer.io customerio convertkit hs_email hs_automation marketo
    pardot eloqua exacttarget`),
  'ai-assistant':
    words(`chatgpt.com chat.openai.com openai.com com.openai.chatgpt perplexity.ai ai.perplexity.app.android
    gemini.google.com gemini bard.google.com com.google.android.apps.bard notebooklm.google.com claude.ai com.anthropic.claude
    copilot.microsoft.com copilot copilot.cloud.microsoft m365.cloud.microsoft edgeservices.bing.com com.microsoft.copilot
    deepseek.com grok.com meta.ai mistral.ai poe.com you.com duck.ai phind.com`),
  audio:
    words(`spotify.com podcast podcasts podcasts.apple.com podcasts.google.com com.spotify.music soundcloud.com deezer.com
    overcast.fm pca.st castbox.fm`),
  affiliates:
    words(`affiliate affiliates awin awin1.com shareasale.com linksynergy.com impact-radius prf.hn anrdoezrs.net
    dpbolvw.net jdoqocy.com tkqlhce.com kqzyfj.com partnerstack.com`),
  display: words('doubleclick.net googlesyndication.com 2mdn.net adform.net gdn dv360'),
  sms: words('sms'),
  push: words('firebase onesignal.com pushwoosh.com webpush web-push'),
  referral: words('*.google.* *.yahoo.* *.yandex.* *.baidu.com aws.amazon.com cloud.mail.ru'),
  'sign-in':
    words(`microsoftonline.com microsoftonline.de login.live.com account.live.com login.windows.net myapps.microsoft.com
    appleid.apple.com idmsa.apple.com okta.com oktapreview.com okta-emea.com auth0.com onelogin.com duosecurity.com
    pingidentity.com pingone.com passport.yandex.* passport.baidu.com b2clogin.com ciamlogin.com amazoncognito.com accounts.dev
    authkit.app jumpcloud.com cloudflareaccess.com challenges.cloudflare.com id.atlassian.com`),
  payment:
    words(`paypal.com checkout.stripe.com buy.stripe.com hooks.stripe.com billing.stripe.com klarna.com mollie.com adyen.com
    sofort.com giropay.de gocardless.com worldpay.com braintreegateway.com buy.paddle.com authorize.net cardinalcommerce.com
    arcot.com datatrans.com saferpay.com razorpay.com`),
};

/** First labels of a subdomain by what runs there, whatever the domain: `webmail.customer.example`. */
export const SUBDOMAINS: Readonly<Partial<Record<Category, readonly string[]>>> = {
  email: words('mail webmail email outlook owa roundcube zimbra'),
  'sign-in': words('accounts login signin sign-in auth oauth sso idp adfs'),
  payment: words('checkout pay payment payments'),
};

/** Additions to the name of a source (`facebook_ads`, `linkedin-company-page`); the first list says that the visit was paid for. */
export const SOURCE_SUFFIXES = {
  paid: words('ads ad adwords paid cpc ppc'),
  other: words(
    'organic social page company business profile post posts story stories feed bio group groups reels shorts',
  ),
};

/** A query parameter that a platform appends to links: the source and medium it stands for. */
export interface ClickId {
  readonly parameter: string;
  readonly source: string;
  readonly medium: 'cpc' | 'display' | 'social' | 'email' | 'affiliate' | 'organic';
}

const clickIds = (source: string, medium: ClickId['medium'], parameters: string): ClickId[] =>
  words(parameters).map((parameter) => ({ parameter, source, medium }));

/** In the order in which they decide when an address has several: paid ones first. Facebook's is on unpaid links, too. */
export const CLICK_IDS: readonly ClickId[] = [
  ...clickIds('google', 'cpc', 'gclid gbraid wbraid gad_source'),
  ...clickIds('google', 'display', 'dclid'),
  ...clickIds('bing', 'cpc', 'msclkid'),
  ...clickIds('yandex', 'cpc', 'yclid'),
  ...clickIds('linkedin', 'cpc', 'li_fat_id'),
  ...clickIds('tiktok', 'cpc', 'ttclid'),
  ...clickIds('twitter', 'cpc', 'twclid'),
  ...clickIds('pinterest', 'cpc', 'epik'),
  ...clickIds('snapchat', 'cpc', 'sccid'),
  ...clickIds('reddit', 'cpc', 'rdt_cid'),
  ...clickIds('quora', 'cpc', 'qclid'),
  ...clickIds('outbrain', 'cpc', 'dicbo'),
  ...clickIds('taboola', 'cpc', 'tblci'),
  ...clickIds('impact', 'affiliate', 'irclickid'),
  ...clickIds('cj', 'affiliate', 'cjevent'),
  ...clickIds('awin', 'affiliate', 'awc'),
  ...clickIds('rakuten', 'affiliate', 'ransiteid'),
  ...clickIds('shareasale', 'affiliate', 'sscid'),
  ...clickIds('mailchimp', 'email', 'mc_cid mc_eid'),
  ...clickIds('klaviyo', 'email', '_kx'),
  ...clickIds('marketo', 'email', 'mkt_tok'),
  ...clickIds('hubspot', 'email', '_hsenc _hsmi'),
  ...clickIds('facebook', 'social', 'fbclid'),
  ...clickIds('instagram', 'social', 'igshid igsh'),
  ...clickIds('google', 'organic', 'srsltid'),
];

/** Mediums of visits that were paid for. */
export const PAID_MEDIUM = /^(.*cp.*|ppc|retargeting|remarketing|paid.*|ads?|sea|sem)$/;

/** A row holds if everything in it holds; expressions are matched with text in lower case. */
export interface ChannelRule {
  readonly channel: Channel;
  readonly source?: Category;
  readonly paid?: true;
  readonly medium?: RegExp;
  readonly campaign?: RegExp;
}

/**
 * Channels of tagged visits: the first row that holds decides, in the order of Google Analytics' default channel group. Two
 * departures: a medium that names e-mail, SMS, push, affiliates or audio outranks the source, and a paid medium that names its
 * kind (`paid-social`) needs no known source.
 */
export const CHANNEL_RULES: readonly ChannelRule[] = [
  { channel: 'direct', source: 'direct', medium: /^$/ },
  { channel: 'cross-network', medium: /cross-network/ },
  { channel: 'cross-network', campaign: /cross-network/i },
  { channel: 'paid-shopping', paid: true, source: 'shopping' },
  { channel: 'paid-shopping', paid: true, campaign: /([^a-df-z]|^)shop|shopping/i },
  { channel: 'paid-search', paid: true, source: 'search' },
  { channel: 'paid-social', paid: true, source: 'social' },
  { channel: 'paid-video', paid: true, source: 'video' },
  { channel: 'display', medium: /^(display|banner|expandable|interstitial|cpm|programmatic)$/ },
  { channel: 'paid-shopping', paid: true, medium: /shopping/ },
  { channel: 'paid-search', paid: true, medium: /search/ },
  { channel: 'paid-social', paid: true, medium: /social/ },
  { channel: 'paid-video', paid: true, medium: /video/ },
  { channel: 'display', paid: true, medium: /display|banner/ },
  { channel: 'paid-other', paid: true },
  { channel: 'email', medium: /^(e[-_ ]?mail.*|newsletters?|mailing|mail|eblast|edm)$/ },
  { channel: 'sms', medium: /^(sms|mms|text[-_ ]?message)$/ },
  { channel: 'push', medium: /push$/ },
  { channel: 'affiliates', medium: /^(affiliates?|partners?|partnerships?)$/ },
  { channel: 'audio', medium: /^(audio|podcasts?)$/ },
  { channel: 'organic-shopping', source: 'shopping' },
  { channel: 'organic-social', source: 'social' },
  { channel: 'organic-social', medium: /social|^sm$/ },
  { channel: 'organic-video', source: 'video' },
  { channel: 'organic-video', medium: /video/ },
  { channel: 'organic-search', source: 'search' },
  { channel: 'organic-search', medium: /^(organic([-_ ]search)?|seo)$/ },
  { channel: 'ai-assistant', source: 'ai-assistant' },
  { channel: 'referral', medium: /^(referral|referrer|app|link)$/ },
  { channel: 'email', source: 'email' },
  { channel: 'affiliates', source: 'affiliates' },
  { channel: 'audio', source: 'audio' },
  { channel: 'display', source: 'display' },
  { channel: 'sms', source: 'sms' },
  { channel: 'push', source: 'push' },
  { channel: 'push', medium: /mobile|notification/ },
  { channel: 'referral', source: 'referral' },
  { channel: 'other' },
];

import { describe, expect, it } from '@jest/globals';
import { compileModel } from './compiled-model.js';
import { defaultScoringModel } from './default-scoring-model.js';

const model = compileModel(defaultScoringModel);
const fitOf = (jobTitle: unknown): string[] =>
  model
    .matchFit({ traits: { jobTitle } })
    .map(({ key }) => key)
    .filter((key) => key !== 'title-known');
const engagementOf = (activity: Record<string, unknown>): string[] =>
  model
    .matchEngagement({ kind: 'track', name: '', properties: {}, ...activity })
    .map(({ key }) => key)
    .filter((key) => key !== 'form-filled' && key !== 'page');

describe('a job title', () => {
  it.each([
    'COO',
    'CTO & co-founder',
    'Chief of Staff',
    'Head of Operations',
    'Deputy Head of IT',
    'Head, Marketing',
    'Marketing Head',
    'Head',
    'VP',
    'VP, Sales',
    'Vice-President Marketing',
    'Senior Vice President',
    'Managing Director',
    'Sales director (EMEA)',
    'Owner',
    'Partner',
    'Managing Partner',
    'Founder/CEO',
    'C.E.O.',
    'Geschäftsführerin',
    'GESCHAEFTSFUEHRER',
    'Leiter Einkauf',
    'Vertriebsleiter',
    'Directrice générale',
    'PDG',
    "Chef d'entreprise",
    'Directora de Marketing',
    'Presidente',
    'Direttore Commerciale',
    'Diretor de Operações',
    'Algemeen directeur',
    'Dyrektor sprzedaży',
    'Prezes zarządu',
    'Salgsdirektør / Direktør',
    '代表取締役社長',
    '市场总监',
    'Head of Student Services',
    ['Engineer', 'Head of Engineering'],
  ])('%j is senior', (title) => expect(fitOf(title)).toEqual(['senior-role']));

  it.each([
    'Cook',
    'Coordinator',
    'Cooper',
    'Headhunter',
    'Head Chef',
    'Headteacher',
    'Overhead crane operator',
    'VPN engineer',
    'MVP designer',
    'Directory administrator',
    'Product Owner',
    'Partner Manager',
    'Doctor',
    'Assistant to the CEO',
    "CEO's assistant",
    'Executive Assistant to the Managing Director',
    'Foundry worker',
    'Presidential librarian',
    'Mischief maker',
    'Chef de projet',
    'Bauleiter',
    'Assistentin der Geschäftsführerin',
    'Internal auditor',
    'Studentenwerk',
    'エンジニア',
    ['Cook', 'Coordinator'],
  ])('%j is not', (title) => expect(fitOf(title)).toEqual([]));

  it.each(['Student', 'PhD student', 'Étudiante en droit', 'Estudiante', 'Marketing intern'])(
    '%s is a student',
    (title) => expect(fitOf(title)).toEqual(['student']),
  );
});

describe('an interest', () => {
  it.each([
    'pricing',
    'Book a demo',
    'Free trial',
    'A quote, please',
    'Talk to sales',
    'Démonstration',
    'Demande de devis',
    'Preise & Angebot',
    'Solicitar presupuesto',
    'Orçamento',
    'Preventivo',
    'Offerte aanvragen',
    'Wycena',
    'デモを予約',
    '见报价',
    ['Book a demo', 'See pricing'],
    ['Newsletter', 'Book a demo'],
  ])('in %j is to buy', (interest) =>
    expect(engagementOf({ kind: 'form', properties: { interest } })).toEqual(['asked-to-buy']),
  );

  it.each([
    'Industrial automation',
    'Salesforce integration',
    'Demography',
    'Pretrial law',
    'Unquoted companies',
    'Trialogue',
    'Priceless art',
    'Démocratie',
    ['Industrial automation', 'Salesforce'],
    [],
  ])('in %j is not', (interest) =>
    expect(engagementOf({ kind: 'form', properties: { interest } })).toEqual([]),
  );
});

describe('an event', () => {
  it.each<[string, string, string[]]>([
    ['form', 'contact-sales', ['asked-to-buy']],
    ['form', 'request-a-demo', ['asked-to-buy']],
    ['form', 'devis-gratuit', ['asked-to-buy']],
    ['form', 'salesforce-guide', []],
    ['form', 'democracy-report', []],
    ['form', 'industrial-newsletter', []],
    ['form', 'cancel-trial', []],
    ['track', 'Demo Requested', ['asked-to-buy']],
    ['track', 'demo requested', ['asked-to-buy']],
    ['track', 'Demo Cancelled', []],
    ['track', 'Webinar Attended', ['webinar']],
    ['track', 'Registered for webinar: Funnels', ['webinar']],
    ['track', 'Webinaire suivi', ['webinar']],
    ['form', 'webinar-autumn', ['webinar']],
    ['track', 'Webinar Cancelled', []],
    ['track', 'Webinar registration canceled', []],
    ['track', 'Webinar Missed', []],
    ['track', 'Webinar Reminder Sent', []],
    ['track', 'Webinar abgesagt', []],
    ['track', 'Webinaire annulé', []],
    ['track', 'Webinario cancelado', []],
    ['page', 'Webinar: Funnels', []],
    ['track', 'White Paper Downloaded', ['download']],
    ['track', 'Download', ['download']],
    ['track', 'Téléchargement du livre blanc', ['download']],
    ['track', 'Download Failed', []],
    ['page', 'Downloads', []],
    ['page', 'Pricing', ['pricing-page']],
    ['page', 'Repricing engines', []],
  ])('%s %s', (kind, name, rules) => expect(engagementOf({ kind, name })).toEqual(rules));

  it.each([
    ['two boxes', ['Book a demo', 'See pricing'], 'Book a demo'],
    ['two boxes of which one says nothing', ['Newsletter', 'See pricing'], 'See pricing'],
  ])('with %s counts as one', (_, two, one) => {
    const of = (interest: unknown) => engagementOf({ kind: 'form', properties: { interest } });
    expect(of(two)).toEqual(of(one));
  });
});

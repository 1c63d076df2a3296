/** Bodies of forms as builders send them, for an address. */
export interface BuilderForm {
  readonly builder: string;
  /** Urlencoded pairs, or JSON. */
  readonly body: (email: string) => Record<string, string> | { readonly json: object };
  /** Known traits afterwards, besides the address. */
  readonly traits: Record<string, unknown>;
}

const ADA = { name: 'Ada King' };
const SPLIT = { firstName: 'Ada', lastName: 'King' };

export const BUILDERS: readonly BuilderForm[] = [
  {
    builder: 'Contact Form 7',
    body: (email) => ({ 'your-name': 'Ada King', 'your-email': email, 'your-message': 'Hi', _wpcf7: '5' }),
    traits: ADA,
  },
  {
    builder: 'Elementor',
    body: (email) => ({ 'form_fields[name]': 'Ada King', 'form_fields[email]': email, form_id: '1a2' }),
    traits: ADA,
  },
  {
    builder: 'Mautic',
    body: (email) => ({
      'mauticform[email]': email,
      'mauticform[first_name]': 'Ada',
      'mauticform[last_name]': 'King',
      'mauticform[formId]': '3',
    }),
    traits: SPLIT,
  },
  { builder: 'Formspree', body: (email) => ({ _replyto: email, name: 'Ada King' }), traits: ADA },
  {
    builder: 'Mailchimp webhooks',
    body: (email) => ({
      type: 'subscribe',
      'data[email]': email,
      'data[merges][EMAIL]': email,
      'data[merges][FNAME]': 'Ada',
      'data[merges][LNAME]': 'King',
    }),
    traits: SPLIT,
  },
  {
    builder: 'Jotform',
    body: (email) => ({ 'q3_name[first]': 'Ada', 'q3_name[last]': 'King', q4_email4: email, formID: '24' }),
    traits: SPLIT,
  },
  { builder: 'Forminator', body: (email) => ({ 'name-1': 'Ada King', 'email-1': email }), traits: ADA },
  {
    builder: 'Divi',
    body: (email) => ({ et_pb_contact_name_0: 'Ada King', et_pb_contact_email_0: email }),
    traits: ADA,
  },
  {
    builder: 'Fluent Forms',
    body: (email) => ({ 'names[first_name]': 'Ada', 'names[last_name]': 'King', email }),
    traits: SPLIT,
  },
  {
    builder: 'Gravity Forms',
    body: (email) => ({ input_1: 'Ada', input_2: email, gform_submit: '1' }),
    traits: {},
  },
  {
    builder: 'TYPO3',
    body: (email) => ({
      'tx_form_formframework[contact-1][name]': 'Ada King',
      'tx_form_formframework[contact-1][email-1]': email,
    }),
    traits: ADA,
  },
  {
    builder: 'Drupal Webform',
    body: (email) => ({ 'submitted[your_name]': 'Ada King', 'submitted[e_mail]': email, form_build_id: 'x' }),
    traits: ADA,
  },
  {
    builder: 'Salesforce Web-to-Lead',
    body: (email) => ({
      oid: '00D',
      retURL: 'https://www.engines.example',
      first_name: 'Ada',
      last_name: 'King',
      email,
      '00N5f000': 'x',
    }),
    traits: SPLIT,
  },
  {
    builder: 'Brevo',
    body: (email) => ({ EMAIL: email, PRENOM: 'Ada', NOM: 'King', email_address_check: '', locale: 'fr' }),
    traits: SPLIT,
  },
  {
    builder: 'a German page',
    body: (email) => ({
      Vorname: 'Ada',
      Nachname: 'King',
      'E-Mail-Adresse': email,
      Unternehmensgröße: '51-200',
    }),
    traits: { ...SPLIT, employees: 51 },
  },
  {
    builder: 'a Japanese page',
    body: (email) => ({ お名前: 'Ada King', 会社名: 'Engines', メールアドレス: email }),
    traits: { ...ADA, company: 'Engines' },
  },
  {
    builder: 'HubSpot',
    body: (email) => ({
      json: {
        fields: [
          { objectTypeId: '0-1', name: 'email', value: email },
          { objectTypeId: '0-1', name: 'firstname', value: 'Ada' },
          { objectTypeId: '0-1', name: 'lastname', value: 'King' },
        ],
        context: { pageUri: 'https://www.engines.example/', pageName: 'Contact' },
      },
    }),
    traits: SPLIT,
  },
  {
    builder: 'Typeform',
    body: (email) => ({
      json: {
        event_type: 'form_response',
        form_response: {
          form_id: 'lT4Z3j',
          definition: {
            id: 'lT4Z3j',
            title: 'Contact us',
            fields: [{ id: 'DlXFaesGBpoF', title: 'Mail', type: 'email' }],
          },
          answers: [{ type: 'email', email, field: { id: 'DlXFaesGBpoF', type: 'email' } }],
        },
      },
    }),
    traits: {},
  },
  {
    builder: 'Tally',
    body: (email) => ({
      json: {
        eventType: 'FORM_RESPONSE',
        data: {
          formName: 'Contact',
          fields: [
            { key: 'question_3EKz4n', label: 'Full name', type: 'INPUT_TEXT', value: 'Ada King' },
            { key: 'question_nr8K62', label: 'Email', type: 'INPUT_EMAIL', value: email },
          ],
        },
      },
    }),
    traits: ADA,
  },
  {
    builder: 'Meta Lead Ads',
    body: (email) => ({
      json: {
        created_time: '2026-11-27T10:00:00+0000',
        field_data: [
          { name: 'full_name', values: ['Ada King'] },
          { name: 'email', values: [email] },
        ],
      },
    }),
    traits: ADA,
  },
  {
    builder: 'Google Ads lead forms',
    body: (email) => ({
      json: {
        lead_id: 'x',
        user_column_data: [
          { column_id: 'FULL_NAME', column_name: 'Full Name', string_value: 'Ada King' },
          { column_id: 'EMAIL', column_name: 'User Email', string_value: email },
        ],
        google_key: 'k',
      },
    }),
    traits: ADA,
  },
  {
    builder: 'Webflow',
    body: (email) => ({
      json: {
        triggerType: 'form_submission',
        payload: { name: 'Contact form', data: { 'First Name': 'Ada', Surname: 'King', Email: email } },
      },
    }),
    traits: SPLIT,
  },
  {
    builder: 'Unbounce',
    body: (email) => ({ json: { data: { email: [email], first_name: ['Ada'], last_name: ['King'] } } }),
    traits: SPLIT,
  },
];

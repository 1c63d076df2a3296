/** In every text and address that is sent: nothing of them may be in a log or a header. */
export const MARK = 'zorblax';
/** Set by a script that runs although it came as text. */
export const CANARY = 'baton_canary';

const SCRIPT = `window.${CANARY}=1`;

/** Texts that mean something in HTML, in spreadsheets, in headers, on terminals, in logs or in templates. */
export const HOSTILE_TEXTS: readonly string[] = [
  `<script>${SCRIPT}</script>`,
  `<img src=x onerror="${SCRIPT}">`,
  `"><svg onload=${SCRIPT}>`,
  `' autofocus onfocus=${SCRIPT} x='`,
  `javascript:${SCRIPT}//`,
  `=HYPERLINK("https://evil.example","x")`,
  `+1+cmd|' /C calc'!A0`,
  `-2+3`,
  `@SUM(1,1)`,
  `\t=1+1`,
  `\r=1+1`,
  `x\r\nSet-Cookie: evil=1\r\n\r\n<script>${SCRIPT}</script>`,
  `x\n{"level":"fatal","msg":"forged"}`,
  `x%0d%0aX-Evil:%201`,
  `\u202etxt.exe\u2066\u200b`,
  `\u001b[31mred\u001b[0m\u001b]0;title\u0007`,
  `{{constructor.constructor("${SCRIPT}")()}} \${7*7} <%= 7 %> #{7}`,
  `{"__proto__":{"admin":true},"a":"</script>"}`,
  'x'.repeat(1_500),
].map((text) => `${text} ${MARK}`);

/** Addresses, most of which are valid ones (RFC 5322), with what could end them in a link or a header. */
export const HOSTILE_ADDRESSES: readonly string[] = [
  `${MARK}?bcc=eve@engines.example`,
  `${MARK}&body=x@engines.example`,
  `${MARK}%0d%0abcc%3aeve@engines.example`,
  `${MARK}%0Abcc@engines.example`,
  `=${MARK}@engines.example`,
  `javascript:${MARK}@engines.example`,
  `"<img/src=x onerror=${SCRIPT}>${MARK}"@engines.example`,
  `<${MARK}@engines.example>\r\nbcc: eve@engines.example`,
  `${MARK}'${'`'}$\{7*7}{{7}}@engines.example`,
];

/** Targets that are not on the list of a form that allows `good.example` only. */
export const HOSTILE_REDIRECTS: readonly string[] = [
  `javascript:${SCRIPT}`,
  `data:text/html,<script>${SCRIPT}</script>`,
  'https://evil.example/',
  '//evil.example/',
  '\\\\evil.example/',
  'https:evil.example',
  'https://good.example@evil.example/',
  'https://good.example\\@evil.example/',
  'https://good.example.evil.example/',
  'https://evil.example/https://good.example/',
  'https://good.example:8443/',
  'https://evil.example#good.example',
  ' https://evil.example',
  `https://good.example/\r\nSet-Cookie: ${MARK}=1`,
  `https://good.example/%0d%0aSet-Cookie:%20x=1`,
];

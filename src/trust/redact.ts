import { knownPattern } from './known.ts'

/**
 * The one redactor: for logs, errors, transcripts that staff see, and whatever is kept of free text. Pure. What is
 * taken out leaves a mark that says what it was. Digits and letters count in full width too, and with blanks, dots
 * or dashes between them.
 * @param known values of the case, and what was just typed: hidden wherever they stand
 */
export function redact(text: string, known: Iterable<string> = []): string {
  const hidden = knownPattern(known)
  return text
    .split(UUID)
    .map((part, at) => (at % 2 === 1 ? part : redactPart(part, hidden)))
    .join('')
}

/** Stricter, for a text that is kept apart from its case: no longer number and no name of a site stays either. */
export function anonymise(text: string, known: Iterable<string> = []): string {
  return redact(text, known)
    .replace(SITE, '[site]')
    .replace(SHORT_NUMBER, '[number]')
    .replace(/\s+/g, ' ')
    .trim()
}

function redactPart(part: string, hidden: RegExp | undefined): string {
  const known = hidden ? part.replace(hidden, '[known]') : part
  return PATTERNS.reduce((text, [mark, pattern]) => text.replace(pattern, mark), known)
}

/** Ids of ours, which tell nothing, may look like numbers of people. */
const UUID = /(\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b)/i

const DIGIT = '[0-9０-９]'
const GAP = '[\\s.．_\\-‐-―－·]{0,2}'
const START = `(?<![0-9０-９A-Za-z])`
const END = `(?![0-9０-９])`
const CAPITAL = '[0-9A-Z０-９Ａ-Ｚ]'
const ANY = '[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]'

/** So many of them, with gaps in between. */
const run = (of: string, least: number, most = least): string =>
  `${of}(?:${GAP}${of}){${least - 1},${most - 1}}`

const pattern = (source: string, flags = ''): RegExp => new RegExp(source, `gu${flags}`)

/**
 * Words that announce a document number, in the languages of the product and the documents; matched, never said.
 */
const DOCUMENT_WORDS =
  '护照|護照|通行证|通行證|居住证|居住證|居留证|回乡证|台胞证|证件号码?|證件號碼?|身份证号?码?|军官证|passport|permit|identity card|id card|id number|document number'
const SECRET_WORDS =
  'authorization|password|passwd|secret|token|api[-_ ]?key|access[-_ ]?key|signature|cookie|密码|口令|密钥'

/** In this order: what is more particular comes first. */
const PATTERNS: readonly (readonly [mark: string, pattern: RegExp])[] = [
  ['[secret]', pattern(`\\b(?:Bearer|Basic)\\s+[\\w.~+/=\\-]{6,}`, 'i')],
  ['[secret]', pattern(`\\beyJ[\\w-]{5,}\\.[\\w-]+\\.[\\w-]*`)],
  ['[secret]', pattern(`(?<=:\\/\\/)[^\\s/@:]*:[^\\s/@]+(?=@)`)],
  ['$1[secret]', pattern(`((?:${SECRET_WORDS})["']?\\s{0,3}[:=：＝]\\s{0,3}["']?)[^\\s"',;&}\\[]+`, 'i')],
  ['[secret]', pattern(`(?<=[?&](?:t|link|token|code|key|sig|signature)=)[^\\s"'&#\\[]+`, 'i')],
  // A resume code: three groups of four. Of two groups, only with a digit, or it may be words.
  ['[secret]', pattern(`${START}${CAPITAL}{4}(?:[-\\s－]${CAPITAL}{4}){2}(?![0-9A-Za-z])`)],
  [
    '[code]',
    pattern(`${START}(?=[A-Z\\-]*[0-9])[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}(?![0-9A-Za-z\\-])`),
  ],
  [
    '[e-mail]',
    pattern(
      `(?<![\\p{L}\\p{N}._%+\\-＋．])[\\p{L}\\p{N}._%+\\-＋．]+\\s?[@＠]\\s?[\\p{L}\\p{N}\\-]+(?:[.．][\\p{L}\\p{N}\\-]+)+`,
    ),
  ],
  ['[identity number]', pattern(`${START}${run(DIGIT, 17)}${GAP}[0-9Xx０-９Ｘｘ]${END}`)],
  ['[credit code]', pattern(`${START}${ANY}{2}${DIGIT}{6}${ANY}{10}(?!${ANY})`)],
  [
    '[credit code]',
    pattern(
      `${START}${run(CAPITAL, 2)}${GAP}${run(DIGIT, 6)}${GAP}(?=[^a-z]{0,30}${DIGIT})${run(CAPITAL, 10)}(?!${ANY})`,
    ),
  ],
  [
    '$1[document number]',
    pattern(
      `((?:${DOCUMENT_WORDS})(?:\\s?(?:number|no|号码?|號碼?))?(?:\\s?(?:is|是|为))?[^0-9A-Za-z０-９Ａ-Ｚａ-ｚ]{0,4})[A-Za-zＡ-Ｚａ-ｚ]{0,3}${GAP}${run(DIGIT, 5, 14)}(?:[(（]?[0-9A-Za-z][)）]?)?${END}`,
      'i',
    ),
  ],
  ['[phone]', pattern(`(?:[+＋]?[8８][6６]${GAP})?${START}[1１][3-9３-９](?:${GAP}${DIGIT}){9}${END}`)],
  ['[phone]', pattern(`[+＋]${run(DIGIT, 8, 15)}${END}`)],
  ['[phone]', pattern(`[(（]?${START}[0０]${DIGIT}{2,3}[)）]?${GAP}[2-9２-９](?:${GAP}${DIGIT}){6,7}${END}`)],
  ['[number]', pattern(`(?<![0-9０-９])${DIGIT}(?:[\\s\\-－]?${DIGIT}){10,}[XxＸｘ]?`)],
]

const SHORT_NUMBER = pattern(`(?<![0-9０-９])${DIGIT}(?:[\\s.．\\-－]?${DIGIT}){5,}[XxＸｘ]?`)
const SITE = /(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?![\w-])/giu

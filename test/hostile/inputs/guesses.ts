import { randomBytes } from 'node:crypto'

const at = (id: string, index: number, letter: string) => id.slice(0, index) + letter + id.slice(index + 1)
const other = (letter: string | undefined) => (letter === 'A' ? 'B' : 'A')
const word = (text: string) => () => text

type Guess = readonly [name: string, make: (seen: string) => string]

/** Ids of conversations as somebody may guess them, from one that was seen or from none. */
export const GUESSES: readonly Guess[] = [
  ...Array.from({ length: 12 }, (_, index): Guess => [
    `one letter changed, the ${index + 1}.`,
    (seen) => at(seen, index, other(seen[index])),
  ]),
  ...Array.from({ length: 6 }, (_, index): Guess => [
    `a random one, ${index + 1}`,
    () => randomBytes(16).toString('base64url'),
  ]),
  ['all zeros', word('A'.repeat(22))],
  ['a number', word('1')],
  ['a star', word('*')],
  ['a percent sign', word('%')],
  ['__proto__', word('__proto__')],
  ['constructor', word('constructor')],
  ['upper case', (seen) => `${seen.toUpperCase()}`.replace(/^./, '-')],
  ['cut short', (seen) => seen.slice(0, 21)],
  ['made longer', (seen) => `${seen}A`],
  ['with a slash', (seen) => `${seen}/`],
  ['with dots', (seen) => `../${seen}`],
  ['with a zero byte', (seen) => `${seen}\0`],
  ['with a line break', (seen) => `${seen}\r\n`],
  ['with a blank', (seen) => ` ${seen}`],
  ['with the key of its log', (seen) => `dl:log:${seen}`],
  ['with a query', (seen) => `${seen}?x=`],
]

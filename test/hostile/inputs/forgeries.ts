import { createHash, createHmac, randomBytes } from 'node:crypto'
import { SIGNING_KEY } from '../support.ts'

/** Whom a forger wants to be. */
export interface Victim {
  readonly conversationId: string
  /** A good token, taken apart and put together anew. */
  readonly token: string
}

const ISSUER = 'urn:icp-filing-assistant:directline'
const KID = createHash('sha256').update('directline-kid').update(SIGNING_KEY).digest('base64url').slice(0, 11)
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const hour = () => Math.floor(Date.now() / 1000) + 3_600

interface Forgery {
  readonly header?: object
  readonly claims?: object
  readonly key?: Buffer
  readonly hash?: string
}

/** A token as the server signs it, but for what is changed; a claim that is undefined is left out. */
function sign(
  { conversationId }: Victim,
  { header, claims, key = SIGNING_KEY, hash = 'sha256' }: Forgery,
): string {
  const payload = {
    ...{ conv: conversationId, user: 'dl_forger', origins: [], iss: ISSUER, aud: 'conversation' },
    ...{ exp: hour(), ...claims },
  }
  const head = `${encode({ alg: 'HS256', kid: KID, ...header })}.${encode(payload)}`
  return `${head}.${createHmac(hash, key).update(head).digest('base64url')}`
}

/** That a token made this way is good shows that the others fail for the one thing that is wrong with them. */
export const genuine = (victim: Victim): string => sign(victim, {})

const parts = ({ token }: Victim) => token.split('.') as [string, string, string]
const unsigned = (alg: string) => (victim: Victim) =>
  `${encode({ alg, kid: KID })}.${sign(victim, {}).split('.')[1] ?? ''}.`
const signed = (forgery: Forgery) => (victim: Victim) => sign(victim, forgery)
const plain = (text: string) => () => text

/** What is sent in place of a token. */
export const FORGERIES: readonly (readonly [name: string, make: (victim: Victim) => string])[] = [
  ['a word', plain('admin')],
  ['null', plain('null')],
  ['three dots', plain('...')],
  ['three letters', plain('a.b.c')],
  ['no parts', plain('..')],
  ['five parts', plain('e30.e30.e30.e30.e30')],
  ['empty objects', plain('e30.e30.e30')],
  ['8,000 letters', plain('a'.repeat(8_000))],
  ['8,000 letters in three parts', plain(`${'a'.repeat(4_000)}.${'b'.repeat(2_000)}.${'c'.repeat(2_000)}`)],
  ['the conversation id', ({ conversationId }) => conversationId],
  ['no signature, alg none', unsigned('none')],
  ['no signature, alg None', unsigned('None')],
  ['no signature, alg NONE', unsigned('NONE')],
  ['no signature, alg empty', unsigned('')],
  ['no signature, alg HS256', unsigned('HS256')],
  ['alg none with a signature', signed({ header: { alg: 'none' } })],
  ['a key of its own under the right name', signed({ key: randomBytes(32) })],
  ['an empty key', signed({ key: Buffer.alloc(0) })],
  ['the key as text', signed({ key: Buffer.from(SIGNING_KEY.toString('base64')) })],
  ['no key name', signed({ header: { kid: undefined } })],
  ['an unknown key name', signed({ header: { kid: 'other' } })],
  ['a file as key name', signed({ header: { kid: '../../../../dev/null' }, key: Buffer.alloc(0) })],
  ['__proto__ as key name', signed({ header: { kid: '__proto__' } })],
  [
    'a key of its own in the header',
    signed({ header: { kid: 'x', jwk: { kty: 'oct', k: 'AAAA' } }, key: Buffer.alloc(3) }),
  ],
  ['an address of keys in the header', signed({ header: { kid: 'x', jku: 'http://127.0.0.1:1/keys' } })],
  ['an unknown critical header', signed({ header: { crit: ['x'], x: 1 } })],
  ['HS512', signed({ header: { alg: 'HS512' }, hash: 'sha512' })],
  ['RS256 in name', signed({ header: { alg: 'RS256' } })],
  ['expired', signed({ claims: { exp: 1_700_000_000 } })],
  ['no end', signed({ claims: { exp: undefined } })],
  ['an end in words', signed({ claims: { exp: '2999-01-01' } })],
  ['not yet', signed({ claims: { nbf: hour() } })],
  ['another issuer', signed({ claims: { iss: 'https://evil.example' } })],
  ['no issuer', signed({ claims: { iss: undefined } })],
  ['another purpose', signed({ claims: { aud: 'admin' } })],
  ['several purposes', signed({ claims: { aud: ['conversation', 'admin'] } })],
  ['no purpose', signed({ claims: { aud: undefined } })],
  ['the purpose of a resume token', signed({ claims: { aud: 'resume' } })],
  ['no conversation', signed({ claims: { conv: undefined } })],
  ['a conversation that is a list', signed({ claims: { conv: ['a'] } })],
  ['a conversation that is an object', signed({ claims: { conv: { $ne: null } } })],
  ['__proto__ as conversation', signed({ claims: { conv: '__proto__' } })],
  ['no user', signed({ claims: { user: undefined } })],
  ['no origins', signed({ claims: { origins: undefined } })],
  [
    'another payload under a good signature',
    (victim) => {
      const [head, , signature] = parts(victim)
      return `${head}.${genuine(victim).split('.')[1] ?? ''}.${signature}`
    },
  ],
  ['a signature cut short', (victim) => victim.token.slice(0, -4)],
  ['a signature made longer', (victim) => `${victim.token}AAAA`],
  ['a signature of zeros', (victim) => `${parts(victim).slice(0, 2).join('.')}.${'A'.repeat(43)}`],
]

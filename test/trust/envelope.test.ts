import { describe, expect, it } from 'vitest'
import { Envelope, isSealed } from '../../src/trust/envelope.ts'
import { keyringSchema, newMasterKey } from '../../src/trust/keyring.ts'
import { keyring } from './support.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const TEXT = '{"entity.name":"杭州云栖网络有限公司"}'

describe('the envelope', () => {
  const envelope = new Envelope(keyring('one'))

  it('gives back what it sealed, and shows nothing of it', () => {
    const sealed = envelope.seal(TEXT, 'case:{a}')
    expect(isSealed(sealed)).toBe(true)
    expect(new Envelope(keyring('one')).open(sealed, 'case:{a}')).toBe(TEXT)
    const readable = [sealed, ...sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString())]
    for (const text of readable) expect(text).not.toContain('entity')
  })

  it('never seals the same text to the same bytes', () => {
    expect(envelope.seal(TEXT, 'r')).not.toBe(envelope.seal(TEXT, 'r'))
  })

  it('opens nothing at another case, record or field', () => {
    const sealed = envelope.seal(TEXT, 'log a', 'entry 1')
    expect(() => envelope.open(sealed, 'log b', 'entry 1')).toThrow('does not open')
    expect(() => envelope.open(sealed, 'log a', 'entry 2')).toThrow('does not open')
    expect(() => new Envelope(keyring('one')).open(sealed, 'log b', 'entry 1')).toThrow('does not open')
  })

  it('notices every changed character', () => {
    const sealed = envelope.seal('short', 'r')
    for (let at = 'sealed.1.'.length; at < sealed.length; at += 1) {
      // The first bit of a character always counts; the last ones of the last may be padding.
      const index = ALPHABET.indexOf(sealed[at] ?? '')
      const changed = index < 0 ? 'A' : ALPHABET[index ^ 32]
      const other = `${sealed.slice(0, at)}${changed ?? ''}${sealed.slice(at + 1)}`
      expect(() => envelope.open(other, 'r'), `at ${at}`).toThrow()
    }
  })

  it('names the key that is missing, and says nothing of any key', () => {
    const sealed = envelope.seal(TEXT, 'r')
    expect(() => new Envelope(keyring('two')).open(sealed, 'r')).toThrow(/master key one/)
  })

  it('changes the master key without touching the text', () => {
    const both = new Envelope(keyring('two', 'one'))
    const sealed = envelope.seal(TEXT, 'r', 'f')
    const renewed = both.rewrap(sealed, 'r')
    expect(renewed?.split('.').at(-1)).toBe(sealed.split('.').at(-1))
    expect(new Envelope(keyring('two')).open(renewed ?? '', 'r', 'f')).toBe(TEXT)
    expect(both.rewrap(renewed ?? '', 'r')).toBeUndefined()
  })

  it('writes under the current key what was read under an old one', () => {
    const both = new Envelope(keyring('two', 'one'))
    both.open(envelope.seal(TEXT, 'r'), 'r')
    expect(new Envelope(keyring('two')).open(both.seal('new', 'r'), 'r')).toBe('new')
  })
})

describe('a keyring', () => {
  it('takes commas, lines and remarks', () => {
    const [one, two] = [newMasterKey(), newMasterKey()]
    expect(keyringSchema.parse(`# mine\n${one}\n\n${two}\n`).map(({ id }) => id)).toEqual(
      [one, two].map((key) => key.split(':')[0]),
    )
  })

  it.each(['', 'id:short', `${newMasterKey()},x`, 'no-colon'])(
    'refuses %j without saying it again',
    (text) => {
      const parsed = keyringSchema.safeParse(text)
      expect(parsed.success).toBe(false)
    },
  )

  it('refuses two keys of one id', () => {
    const key = newMasterKey()
    expect(keyringSchema.safeParse(`${key},${key}`).success).toBe(false)
  })
})

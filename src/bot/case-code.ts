import { createHash, randomBytes, randomInt, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import type { Store } from '../store/port.ts'
import { changeDocument, removeDocument } from './change-document.ts'
import { clearTries, countTry } from './case-code-tries.ts'
import { caseKey, conversationKey } from './keys.ts'
import type { KeyedHash } from '../trust/lookup.ts'

/** A conversation of a channel, by the channel's own ids. */
export interface Place {
  readonly channelId: string
  readonly conversationId: string
}

export interface IssuedCode {
  /** Two groups of four: `ABCD-2345`. Says which case; no secret. */
  readonly code: string
  /** Three groups of four. Kept only as a hash. */
  readonly secret: string
}

export type Resumed =
  | { readonly ok: true; readonly caseId: string }
  /** Code or secret: which of them is not told. */
  | { readonly ok: false; readonly problem: 'wrong' }
  | { readonly ok: false; readonly problem: 'locked'; readonly minutes: number }

/** No character looks like another, in print or by voice: no 0 O 1 I L U. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_LENGTH = 8
const SECRET_LENGTH = 12
const HASH_BYTES = 32
const COST: ScryptOptions = { N: 16_384, r: 8, p: 1 }

const codeSchema = z.object({ caseId: z.string(), salt: z.string(), hash: z.string() })
const linkSchema = z.object({
  code: z.string(),
  places: z.array(z.object({ channelId: z.string(), conversationId: z.string() })),
})
const conversationSchema = z.object({ caseId: z.string() })

export interface CaseCodesOptions {
  readonly store: Store
  readonly clock: () => Date
  readonly hash?: KeyedHash
}

/**
 * Opens a case on another device or channel: a short code names it, a secret only the applicant has opens it.
 * Wrong tries are counted by code and by conversation, for codes that exist and others alike.
 */
export class CaseCodes {
  readonly #store: Store
  readonly #clock: () => Date
  readonly #hash: KeyedHash

  /** @param hash names codes and conversations; keyed, so that a copy of the store does not help to try codes out */
  constructor({ store, clock, hash = digestOf }: CaseCodesOptions) {
    this.#store = store
    this.#clock = clock
    this.#hash = hash
  }

  /** The case a conversation is about: its own, until it was attached to another. */
  async caseOf(conversation: string): Promise<string> {
    const found = await this.#store.documents.get(placeKey(conversation))
    return found ? conversationSchema.parse(found.value).caseId : conversation
  }

  /** Gives a case its code, and a new secret; the one before, if any, opens nothing any more. */
  async issue(caseId: string, place: Place): Promise<IssuedCode> {
    const secret = randomText(SECRET_LENGTH)
    const salt = randomBytes(16).toString('base64url')
    const value = { caseId, salt, hash: (await hashOf(secret, salt)).toString('base64url') }
    const known = await this.#link(caseId)
    const code = known?.code ?? (await this.#newCode(value))
    if (known) await changeDocument(this.#store, this.#codeKey(code), () => value)
    if (known) await this.#dropOld(code)
    const link = await this.#note(caseId, code, place)
    if (link.code !== code) {
      // Two devices asked at once; one code stands for the case.
      await removeDocument(this.#store, this.#codeKey(code))
      return this.issue(caseId, place)
    }
    return { code: grouped(code), secret: grouped(secret) }
  }

  /** Attaches a conversation to the case of the code. The answer takes the same time whatever was wrong. */
  async resume(typedCode: string, typedSecret: string, place: Place): Promise<Resumed> {
    const code = plain(typedCode)
    const conversation = conversationKey(place.channelId, place.conversationId)
    for (const key of [conversation, code]) {
      const counted = await countTry(this.#store, this.#hash(key), this.#clock())
      if (!counted.ok) return { ok: false, problem: 'locked', minutes: counted.minutes }
    }
    const caseId = await this.#opened(code, plain(typedSecret))
    if (caseId === undefined) return { ok: false, problem: 'wrong' }
    await this.#note(caseId, code, place)
    await changeDocument(this.#store, placeKey(conversation), () => ({ caseId }))
    for (const key of [conversation, code]) await clearTries(this.#store, this.#hash(key))
    return { ok: true, caseId }
  }

  /** Takes code and attachments of a deleted case away; returns the conversations that were attached. */
  async forget(caseId: string): Promise<readonly Place[]> {
    const link = await this.#link(caseId)
    if (!link) return []
    await removeDocument(this.#store, this.#codeKey(link.code))
    await this.#dropOld(link.code)
    for (const { channelId, conversationId } of link.places)
      await removeDocument(this.#store, placeKey(conversationKey(channelId, conversationId)))
    await removeDocument(this.#store, linkKey(caseId))
    return link.places
  }

  /** Conversations that have the case by its code. */
  async placesOf(caseId: string): Promise<readonly Place[]> {
    return (await this.#link(caseId))?.places ?? []
  }

  /** The case a code names, for staff, who need no secret; undefined for a code that names none. */
  async find(typedCode: string): Promise<string | undefined> {
    const code = plain(typedCode)
    const { documents } = this.#store
    const found = (await documents.get(this.#codeKey(code))) ?? (await documents.get(oldCodeKey(code)))
    if (!found) return undefined
    const { caseId } = codeSchema.parse(found.value)
    const [link, current] = await Promise.all([this.#link(caseId), documents.get(caseKey(caseId))])
    return current && link?.code === code ? caseId : undefined
  }

  /** The code of a case, for its export; never anything of the secret. */
  async codeOf(caseId: string): Promise<string | undefined> {
    const link = await this.#link(caseId)
    return link && grouped(link.code)
  }

  async #opened(code: string, secret: string): Promise<string | undefined> {
    const found =
      (await this.#store.documents.get(this.#codeKey(code))) ??
      (await this.#store.documents.get(oldCodeKey(code)))
    const kept = found ? codeSchema.parse(found.value) : NOBODY
    const same = timingSafeEqual(await hashOf(secret, kept.salt), Buffer.from(kept.hash, 'base64url'))
    const [link, current] = await Promise.all([
      this.#link(kept.caseId),
      this.#store.documents.get(caseKey(kept.caseId)),
    ])
    // A code left over from a case that is gone must not open a later one of the same name.
    return same && found && current && link?.code === code ? kept.caseId : undefined
  }

  async #newCode(value: z.infer<typeof codeSchema>): Promise<string> {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const code = randomText(CODE_LENGTH)
      const { ok } = await this.#store.documents.put([{ key: this.#codeKey(code), expected: 0, value }])
      if (ok) return code
    }
    throw new AppError('store-conflict', {
      detail: 'Five random case codes in a row were taken.',
      remedy: 'Try again; if it happens again, the random numbers of this machine are not random.',
    })
  }

  #codeKey(code: string): string {
    return `code:{${this.#hash(`case code ${code}`)}}`
  }

  async #dropOld(code: string): Promise<void> {
    await removeDocument(this.#store, oldCodeKey(code))
  }

  async #link(caseId: string): Promise<z.infer<typeof linkSchema> | undefined> {
    const found = await this.#store.documents.get(linkKey(caseId))
    return found && linkSchema.parse(found.value)
  }

  async #note(caseId: string, code: string, place: Place): Promise<z.infer<typeof linkSchema>> {
    const { channelId, conversationId } = place
    return changeDocument(this.#store, linkKey(caseId), (value) => {
      const link = value === undefined ? { code, places: [] } : linkSchema.parse(value)
      const others = link.places.filter(
        (one) => one.channelId !== channelId || one.conversationId !== conversationId,
      )
      return { code: link.code, places: [...others, { channelId, conversationId }] }
    })
  }
}

/** What a code that does not exist is compared with, so that it takes as long as one that does. */
const NOBODY = { caseId: 'nobody', salt: 'nobody', hash: Buffer.alloc(HASH_BYTES).toString('base64url') }

function hashOf(secret: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, HASH_BYTES, COST, (error, hash) => (error ? reject(error) : resolve(hash)))
  })
}

function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

function grouped(text: string): string {
  return text.replace(/(.{4})(?=.)/g, '$1-')
}

/** As typed by people: full width, small letters, blanks and dashes make no difference. */
function plain(text: string): string {
  return text
    .slice(0, 200)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .slice(0, 40)
}

const linkKey = (caseId: string): string => `case-code:{${caseId}}`
/** Under which codes stood before their names were keyed; they stay good. */
const oldCodeKey = (code: string): string => `code:{${digestOf(code)}}`
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)
const placeKey = (conversation: string): string => `conversation:{${conversation}}`
